import { type CollectContext, type FileHeader, ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';

/** What a statement tells about intervals. */
export type Fact =
  | { readonly kind: 'set'; readonly call: ts.CallExpression }
  /** `clearInterval(handle)`, `handle.unref()`, `handle.close()`: `handle` is the expression that names it. */
  | { readonly kind: 'cleared'; readonly call: ts.CallExpression; readonly handle: ts.Expression }
  /** The process ends by the program's own word, and all timers with it. */
  | { readonly kind: 'exit' };

const SETS = /^(?:global|timers)#setInterval$/;
/** Functions that end a timer; either ends both kinds. */
export const CLEARS = /^clear(?:Interval|Timeout)$/;
/** Methods of Node's timers that end them, or let the process end in spite of them. */
export const LETS_GO = /^(?:unref|close|Symbol\.dispose)$/;

/** Sorts calls by their last name before anything is resolved. */
export function factOf(call: ts.CallExpression, { header }: Pick<CollectContext<unknown>, 'header'>): Fact | undefined {
  const callee = unwrap(call.expression);
  const member = memberAccess(callee) ?? symbolMember(callee);
  const name = member?.name ?? (ts.isIdentifier(callee) ? callee.text : '');
  if (name === 'setInterval') return isSetInterval(callee, header) ? { kind: 'set', call } : undefined;
  const [first] = call.arguments;
  if (CLEARS.test(name)) return first && { kind: 'cleared', call, handle: first };
  if (member !== undefined && first === undefined && LETS_GO.test(name)) {
    return { kind: 'cleared', call, handle: member.receiver };
  }
  return name === 'exit' && header.resolve(callee) === 'global#process.exit' ? { kind: 'exit' } : undefined;
}

/** `timer[Symbol.dispose]()` */
function symbolMember(callee: ts.Node): { receiver: ts.Expression; name: string } | undefined {
  if (!ts.isElementAccessExpression(callee)) return undefined;
  const { expression: receiver, argumentExpression } = callee;
  return ts.isPropertyAccessExpression(argumentExpression)
    ? { receiver, name: argumentExpression.getText() }
    : undefined;
}

function isSetInterval(callee: ts.Node, header: FileHeader): boolean {
  return SETS.test(header.resolve(callee) ?? '');
}
