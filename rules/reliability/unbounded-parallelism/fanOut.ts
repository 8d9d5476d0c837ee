import { type FunctionNode, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isBounded } from './lists.ts';
import { pushedTo } from './pushes.ts';
import { functionBehind } from './requests.ts';

/** Names and functions are followed this many times from `Promise.all` to the list. */
const MAX_DEPTH = 4;

/** What waits for all of a list of promises. */
const PROMISES: ReadonlySet<string> = new Set(['global#Promise', 'global#globalThis.Promise', 'bluebird', 'q']);
/** `map` of a library, which takes the list and the callback. */
const LIBRARY_MAP = /^(?:lodash|lodash-es|underscore|ramda|remeda)(?:[#./](?:fp[#./])?(?:collection\/)?map)$/;

/** Something that is begun for each element of a list. */
export interface FanOut {
  /** `urls` of `urls.map(…)`. */
  readonly list: ts.Expression;
  /** What runs for an element. */
  readonly work: ts.Node;
}

/** By syntax: `anything.all(list)`, other than with the elements written out. */
export function mayWaitForList(call: ts.CallExpression): boolean {
  const [argument] = call.arguments;
  if (argument === undefined || memberCall(call) === undefined) return false;
  const list = unwrap(argument);
  if (ts.isArrayLiteralExpression(list)) return list.elements.some(ts.isSpreadElement);
  return ts.isIdentifier(list) || ts.isCallExpression(list);
}

/** What `Promise.all(…)` and `Promise.allSettled(…)` wait for, where it is begun for each element of a list. */
export function fanOutOf(all: ts.CallExpression, source: SourceView): FanOut | undefined {
  const receiver = memberCall(all)?.receiver;
  const reference = receiver && source.header.resolve(receiver);
  const [argument] = all.arguments;
  if (reference === undefined || !PROMISES.has(reference) || argument === undefined || isBounded(all)) return undefined;
  return startedBy(argument, source, 0);
}

/** Goes from a list of promises to the list that they were made of. */
function startedBy(promises: ts.Expression, source: SourceView, depth: number): FanOut | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const node = unwrap(promises);
  if (ts.isArrayLiteralExpression(node)) {
    for (const element of node.elements) {
      const found = ts.isSpreadElement(element) ? startedBy(element.expression, source, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (ts.isIdentifier(node)) {
    const value = initialValue(node, source);
    if (value === undefined || !ts.isExpression(value) || isBounded(value)) return undefined;
    const start = unwrap(value);
    const isEmpty = ts.isArrayLiteralExpression(start) && start.elements.length === 0;
    return isEmpty ? pushedTo(node, source) : startedBy(value, source, depth + 1);
  }
  return ts.isCallExpression(node) ? (mapped(node, source) ?? returned(node, source, depth)) : undefined;
}

/** `list.map(work)`, `_.map(list, work)` */
function mapped(call: ts.CallExpression, source: SourceView): FanOut | undefined {
  const member = memberCall(call);
  const isMap = member?.name === 'map' || member?.name === 'flatMap';
  if (!isMap && !ts.isIdentifier(call.expression)) return undefined;
  const reference = source.header.resolve(call.expression);
  const isOfLibrary = reference !== undefined && LIBRARY_MAP.test(reference);
  const [first, second] = call.arguments;
  const [list, callback] = isOfLibrary ? [first, second] : [isMap ? member?.receiver : undefined, first];
  if (list === undefined || callback === undefined) return undefined;
  const work = functionBehind(callback, source);
  return work === undefined || work.parameters.length === 0 ? undefined : { list, work };
}

/** `requests(urls)`, of a function of the file that makes the list. */
function returned(call: ts.CallExpression, source: SourceView, depth: number): FanOut | undefined {
  const helper = functionBehind(call.expression, source);
  if (helper === undefined || isBounded(helper)) return undefined;
  const result = resultOf(helper);
  const found = result && startedBy(result, source, depth + 1);
  if (found === undefined) return undefined;
  const list = unwrap(found.list);
  const declaration = ts.isIdentifier(list) ? source.lookup(list) : undefined;
  if (declaration === undefined || !ts.isParameter(declaration)) return found;
  const at = helper.parameters.indexOf(declaration);
  // How long it is, the caller knows.
  return at < 0 ? found : { ...found, list: call.arguments[at] ?? found.list };
}

/** What a function gives back, where that is one thing. */
function resultOf({ body }: FunctionNode): ts.Expression | undefined {
  if (body === undefined || !ts.isBlock(body)) return body;
  const last = body.statements.at(-1);
  const returns = body.statements.filter(ts.isReturnStatement);
  return returns.length === 1 && last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined;
}
