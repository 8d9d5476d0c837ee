import type { Operation, Value } from './facts.ts';

type List = Extract<Value, { readonly is: 'list' }>;

/**
 * An operation in a loop over a list that is written in the same file, once for each item:
 * `[{ path: '/users', router: users }].forEach(({ path, router }) => app.use(path, router))`.
 */
export function unrolled(operation: Operation): readonly Operation[] {
  const { on, where, args } = operation;
  const list = [on, ...(where === undefined ? [] : [where]), ...args].map(listIn).find((one) => one !== undefined);
  if (list === undefined) return [operation];
  const id = JSON.stringify(list);
  return list.items.map((item) => ({
    ...operation,
    on: withItem(on, id, item),
    ...(where !== undefined && { where: withItem(where, id, item) }),
    args: args.map((arg) => withItem(arg, id, item)),
  }));
}

/** The list that a value is an item of. */
function listIn(value: Value): List | undefined {
  switch (value.is) {
    case 'each':
      return value.of.is === 'list' ? value.of : listIn(value.of);
    case 'member':
    case 'under':
      return listIn(value.of);
    case 'call':
      return [value.callee, ...value.args].map(listIn).find((one) => one !== undefined);
    default:
      return undefined;
  }
}

/** @param id the list as JSON: each mention of it is read anew */
function withItem(value: Value, id: string, item: Value): Value {
  switch (value.is) {
    case 'each':
      return JSON.stringify(value.of) === id ? item : { ...value, of: withItem(value.of, id, item) };
    case 'member': {
      const of = withItem(value.of, id, item);
      return (of.is === 'object' ? of.members[value.name] : undefined) ?? { ...value, of };
    }
    case 'under':
      return { ...value, of: withItem(value.of, id, item) };
    case 'call': {
      const args = value.args.map((arg) => withItem(arg, id, item));
      return { ...value, callee: withItem(value.callee, id, item), args };
    }
    default:
      return value;
  }
}
