import { type Anchor, type SourceFacetContext, ts } from '#api';
import { memberAccess } from '../../calls.ts';
import { CLOSING, type Opener } from '../../data/openers.ts';
import { isUsing, nameOf } from '../bindings.ts';
import { bindingOf, type Traits, type Uses, usesOf } from '../uses.ts';

/** A connection that is opened and not closed where it is opened. */
export interface OpenConnection {
  readonly at: Anchor;
  /** What closes it is called on: a variable, or the package itself. */
  readonly name: string;
  /** What is connected to. */
  readonly target: string;
  /** Package it comes from, as imported. */
  readonly module: string;
  readonly close: string;
  readonly closes: Opener['closes'];
  readonly isFile?: true;
  /** One for the whole process, which other files can close. */
  readonly isShared?: true;
}

/** A call that opens a connection, or makes what does when it is used. */
export interface Opening {
  readonly call: ts.CallExpression | ts.NewExpression;
  readonly opener: Opener;
  readonly module: string;
}

const TRAITS: Traits = {
  closing: CLOSING,
  onlyLooks: /^(?:expect|assert|ok|equal|strictEqual|deepEqual|log|info|debug|warn|error|String|Boolean|once|on)$/,
};

/** Objects that are closed in tests and are no client of a database. */
const OTHER =
  /mongo_?(?:d$|server|memory)|memoryserver|replset|browser|page|stream|watcher|modal|dialog|menu|interface/i;
const SERVERS = /^(?:_?(?:http|https|api|test)?_?(?:server|listener)|app|io|agent|wss?|socket|sockets?)$/i;

/** Whether a call that closes something may close a client. */
export function mayCloseClient(close: ts.CallExpression, isServerOther: boolean): boolean {
  const receiver = memberAccess(close.expression)?.receiver;
  if (receiver === undefined) return !OTHER.test(close.expression.getText());
  const text = receiver.getText().replace(/^this\.|[!?]/g, '');
  return !OTHER.test(text) && !(isServerOther && SERVERS.test(text));
}

/** Judges one opening of a file of tests by what the file does with it. */
export function openConnection(
  { call, opener, module }: Opening,
  closes: readonly ts.CallExpression[],
  ctx: SourceFacetContext,
): OpenConnection | undefined {
  const describe = (name: string, isShared: boolean): OpenConnection => ({
    at: ctx.at(call),
    name,
    target: opener.target,
    module,
    close: opener.close,
    closes: opener.closes,
    ...(opener.isFile === true && { isFile: true as const }),
    ...(isShared && { isShared: true as const }),
  });
  if (opener.closer !== undefined) {
    const receiver = memberAccess(call.expression)?.receiver;
    const isClosed = closes.some((close) => mayCloseClient(close, true)) || isReplaced(receiver, ctx.file);
    return isClosed || hasResultUses(call, ctx) ? undefined : describe(receiver?.getText() ?? opener.closer, true);
  }
  const binding = bindingOf(call, ctx.lookup);
  const name = nameOf(binding);
  if (binding === undefined || name === '' || isUsing(binding)) return undefined;
  const uses = usesOf(binding, ctx, TRAITS);
  if (!isOpened(opener, uses) || uses.closes.length > 0 || uses.escapes || uses.returned) return undefined;
  // What it was given to may close it, where anything is closed at all.
  if (uses.handedOn && closes.some((close) => mayCloseClient(close, false))) return undefined;
  return describe(name, false);
}

/** Whether a function's client is opened and left open for the caller. */
export function isOpened({ opens }: Opener, { calls }: Uses): boolean {
  if (opens === 'made') return true;
  const used = [...calls].filter(
    (name) =>
      !/^(?:on|once|off|addListener|\$on|\$use|\$extends|options|status|isOpen|isReady|isInitialized)$/.test(name),
  );
  return opens === 'used' ? used.length > 0 : used.some((name) => opens.test(name));
}

/** What a variable of the file does with the client, however it is called there. */
export function usesIn(call: ts.Node, ctx: SourceFacetContext): Uses | undefined {
  const binding = bindingOf(call, ctx.lookup);
  return binding === undefined ? undefined : usesOf(binding, ctx, TRAITS);
}

/** `const conn = await mongoose.connect(…)` handed on or returned: somebody else has it. */
function hasResultUses(call: ts.Node, ctx: SourceFacetContext): boolean {
  const uses = usesIn(call, ctx);
  return uses !== undefined && (uses.escapes || uses.returned || uses.closes.length > 0);
}

/** `jest.spyOn(mongoose, 'connect')`, `mongoose.connect = jest.fn()`. */
function isReplaced(receiver: ts.Expression | undefined, file: ts.SourceFile): boolean {
  const name = receiver !== undefined && ts.isIdentifier(receiver) ? receiver.text : undefined;
  if (name === undefined) return false;
  return new RegExp(
    `\\b(?:spyOn|stub|replace|fake|method|mocked|when)\\(\\s*${name}\\b|\\b${name}\\.connect\\s*(?:=[^=]|as\\b|\\.mock)`,
  ).test(file.text);
}
