import { type Fix, type FixContext, type FixEdit, ts, unwrap } from '#api';
import { aboveStatement } from '../../_shared/aboveStatement.ts';
import { behindStatement } from '../../_shared/behindStatement.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';
import { addToEnding } from '../../_shared/lifecycle/addToEnding.ts';
import { effectAround, returnedCleanups } from '../../_shared/lifecycle/effects.ts';
import { memberName } from '../../_shared/lifecycle/endings.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { type Adding, isMadeAnew, listeningOf } from './listening.ts';

const REMOVAL: Readonly<Record<string, string>> = {
  addEventListener: 'removeEventListener',
  addListener: 'removeListener',
  prependListener: 'removeListener',
  on: 'off',
};

/** Returns a clean-up from the effect: it removes the function that has a name, and aborts a signal for one that has none. */
export const removeInCleanup: Fix<unknown> = {
  title: 'Remove it when the effect is over',
  safety: 'suggest',
  edits(ctx) {
    const adding = addingAt(ctx);
    const fn = adding && enclosingFunction(adding.call);
    const effect = fn && effectAround(fn, ctx.header);
    if (adding === undefined || effect?.cleanup !== 'returned' || !ts.isBlock(effect.callback.body)) return undefined;
    const { body } = effect.callback;
    const last = body.statements.at(-1);
    const statement = adding.call.parent;
    const returns = returnedCleanups(effect.callback).length > 0;
    if (statement.parent !== body || last === undefined || returns || effect.callback.modifiers !== undefined) {
      return undefined;
    }
    const indent = indentAt(ctx.text, last.getStart());
    const end = statementEnd(ctx.file);
    const newLine = lineEnd(ctx.text);
    const undo = (what: string) =>
      ctx.insert(behindStatement(ctx.text, last), `${newLine}${indent}return () => ${what}${end}`);
    // An emitter hands out itself, and a clean-up is to return nothing.
    if (!isMadeAnew(adding.listener))
      return [undo(adding.method === 'addEventListener' ? removal(adding) : `void ${removal(adding)}`)];
    const withSignal = addSignal(adding, 'listening.signal', ctx);
    if (withSignal === undefined || /\blistening\b/.test(ctx.text)) return undefined;
    const start = statement.getStart();
    const making = `const listening = new AbortController()${end}${newLine}${indent}`;
    return [ctx.insert(start, making), ...withSignal, undo('listening.abort()')];
  },
};

/** Removes it, or aborts a signal, in the method by which the object ends. */
export const removeAtEnd: Fix<unknown> = {
  title: 'Remove it where the object ends',
  safety: 'suggest',
  edits(ctx) {
    const adding = addingAt(ctx);
    const cls = adding && ts.findAncestor(adding.call, ts.isClassLike);
    if (adding === undefined || cls === undefined) return undefined;
    if (!isMadeAnew(adding.listener)) {
      const text = adding.listener.getText();
      const isField = /^this\.#?\w+$/.test(text) && (adding.receiver === undefined || isOwn(adding.receiver, ctx));
      return isField ? addToEnding(cls, removal(adding), ctx) : undefined;
    }
    const [first] = cls.members;
    const withSignal = addSignal(adding, 'this.listening.signal', ctx);
    const ending = addToEnding(cls, 'this.listening.abort()', ctx);
    const isTaken = cls.members.some((member) => memberName(member.name) === 'listening');
    if (first === undefined || withSignal === undefined || ending === undefined || isTaken) return undefined;
    // A plain function has another `this`.
    if (!isInObject(adding.call, cls)) return undefined;
    const isTyped = /\.[cm]?tsx?$/.test(ctx.path);
    const newLine = lineEnd(ctx.text);
    const indent = indentAt(ctx.text, first.getStart()) || indentUnit(ctx.text);
    const end = statementEnd(ctx.file);
    const field = `${isTyped ? 'private readonly ' : ''}listening = new AbortController()${end}`;
    return [
      ctx.insert(aboveStatement(ctx.text, first), `${field}${newLine}${newLine}${indent}`),
      ...withSignal,
      ...ending,
    ];
  },
};

function addingAt(ctx: FixContext<unknown>): Adding | undefined {
  const call = ctx.node(ts.isCallExpression);
  const fact = call && listeningOf(call, ctx);
  return fact?.kind === 'adds' && fact.call === call ? fact : undefined;
}

/** The call that takes away what was added; capturing listeners have to be told apart. */
function removal({ call, method, receiver, event, listener }: Adding): string {
  const options = call.arguments[2];
  const captures =
    options !== undefined && /^true$|\bcapture\b/.test(options.getText()) ? `, ${options.getText()}` : '';
  const target = receiver === undefined ? '' : `${receiver.getText()}.`;
  return `${target}${REMOVAL[method] ?? 'off'}(${event.getText()}, ${listener.getText()}${captures})`;
}

/** Only targets of the page take a signal. */
function addSignal({ call, method }: Adding, signal: string, ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  if (method !== 'addEventListener') return undefined;
  const [, listener, options] = call.arguments;
  if (listener === undefined) return undefined;
  if (options === undefined) return [ctx.insert(listener.end, `, { signal: ${signal} }`)];
  const node = unwrap(options);
  if (!ts.isObjectLiteralExpression(node)) {
    return [ctx.replace(options, `{ capture: ${node.getText()}, signal: ${signal} }`)];
  }
  const last = node.properties.at(-1);
  return last && [ctx.insert(last.end, `, signal: ${signal}`)];
}

/** `this.bus`, and what the whole file knows. */
function isOwn(receiver: ts.Expression, ctx: FixContext<unknown>): boolean {
  return /^this\./.test(receiver.getText()) || ctx.header.resolve(receiver) !== undefined;
}

function isInObject(node: ts.Node, cls: ts.ClassLikeDeclaration): boolean {
  for (let up = node.parent; up !== cls; up = up.parent) {
    if (ts.isFunctionDeclaration(up) || ts.isFunctionExpression(up)) return false;
    const isStatic = hasModifier(up, ts.SyntaxKind.StaticKeyword);
    if (isStatic === true || ts.isClassStaticBlockDeclaration(up)) return false;
  }
  return true;
}
