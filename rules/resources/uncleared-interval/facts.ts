import { type CollectContext, type FileHeader, ts } from '#api';

/** What a statement tells about intervals. */
export type Fact =
  | { readonly kind: 'set'; readonly call: ts.CallExpression }
  /** `clearInterval(handle)`, `handle.unref()`, `handle.close()`: `handle` is the expression that names it. */
  | { readonly kind: 'cleared'; readonly call: ts.CallExpression; readonly handle: ts.Expression }
  /** The process ends by the program's own word, and all timers with it. */
  | { readonly kind: 'exit' };

const SETS = /^(?:global|timers)#setInterval$/;
const CLEARS = /^clear(?:Interval|Timeout)$/;
/** Methods of Node's timers that end them, or let the process end in spite of them. */
const LETS_GO = /^(?:unref|close)$/;

/** Sorts calls by their last name before anything is resolved. */
export function factOf(call: ts.CallExpression, { header }: Pick<CollectContext<unknown>, 'header'>): Fact | undefined {
  const callee = call.expression;
  const isMember = ts.isPropertyAccessExpression(callee);
  const name = isMember ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  if (name === 'setInterval') return isSetInterval(callee, header) ? { kind: 'set', call } : undefined;
  const [first] = call.arguments;
  if (CLEARS.test(name)) return first && { kind: 'cleared', call, handle: first };
  if (isMember && first === undefined && LETS_GO.test(name))
    return { kind: 'cleared', call, handle: callee.expression };
  return isMember && name === 'exit' && header.resolve(callee) === 'global#process.exit' ? { kind: 'exit' } : undefined;
}

function isSetInterval(callee: ts.Expression, header: FileHeader): boolean {
  return SETS.test(header.resolve(callee) ?? '');
}
