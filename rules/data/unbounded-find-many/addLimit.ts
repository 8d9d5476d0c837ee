import { type Fix, type FixContext, type FixEdit, ts, unwrap } from '#api';
import { addMembers } from '../../_shared/addMembers.ts';
import { calledName } from '../../_shared/calls.ts';
import type { ClientKind } from '../../_shared/data/model.ts';
import { wholeList } from './wholeList.ts';

/** Options that say how many, by library; the others have a method. */
const OPTIONS: Readonly<Partial<Record<ClientKind, string>>> = { prisma: 'take', typeorm: 'take', sequelize: 'limit' };

/** Lets a query give back only so many records, in the words of its library. */
export const addLimit: Fix<{ readonly max: number }> = {
  title: 'Limit how many records are read',
  safety: 'suggest',
  edits(ctx) {
    const node = ctx.node(ts.isCallExpression);
    const list = node && wholeList(node, ctx);
    if (list === undefined) return undefined;
    const { call, query, kind } = list;
    const { max } = ctx.options;
    const word = kind === 'drizzle' && calledName(call) === 'findMany' ? 'limit' : OPTIONS[kind];
    if (word !== undefined) return optionEdits(call, `${word}: ${max}`, ctx);
    // The cursor of the driver is limited before it becomes a list.
    return [ctx.insert(kind === 'mongodb' ? call.end : query.end, `.limit(${max})`)];
  },
};

/** Adds a member to the options, which the manager of TypeORM takes second. */
function optionEdits(
  call: ts.CallExpression,
  member: string,
  ctx: FixContext<unknown>,
): readonly FixEdit[] | undefined {
  const last = call.arguments.at(-1);
  const options = last && unwrap(last);
  if (options !== undefined && ts.isObjectLiteralExpression(options)) {
    const { at, text } = addMembers(options, [member]);
    return [ctx.insert(at, text)];
  }
  return last === undefined ? [ctx.insert(call.end - 1, `{ ${member} }`)] : [ctx.insert(last.end, `, { ${member} }`)];
}
