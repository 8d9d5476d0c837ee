import { type Anchor, type SourceFacetContext, ts } from '#api';
import { memberAccess } from '../../calls.ts';
import type { Opener } from '../../data/openers.ts';
import { nameOf } from '../bindings.ts';
import { bindingOf } from '../uses.ts';
import type { ConnectionUse } from './connectionFacet.ts';
import { isOpened, type Opening, usesIn } from './ownConnections.ts';

/** A file that may prepare tests, with what it opens and leaves open. */
export interface SetUp {
  readonly opens: readonly SetUpConnection[];
  /** Clients and opening functions of other files that it uses. */
  readonly uses: readonly ConnectionUse[];
}

/** A connection that a file of preparations opens. */
export interface SetUpConnection {
  readonly at: Anchor;
  /** What holds it, as written: a variable, a member of the global object, or the package itself. */
  readonly name: string;
  readonly target: string;
  readonly module: string;
  readonly close: string;
  readonly closes: Opener['closes'];
}

/** Something that runs when all is done, or a function that is handed out to be called then. */
const ENDS =
  /tear_?down|\bafter(?:All|Each)?\s*\(|\breturn\s+(?:async\b|\(\s*\)\s*=>|function\b)|\bprocess\s*\.\s*(?:on|once)\s*\(|asyncDispose|\busing\b/i;

/** Whether a file of preparations says anything about the end, closing calls apart. */
export function mayEnd({ text }: ts.SourceFile): boolean {
  return ENDS.test(text) && text.split('\n').some((line) => ENDS.test(line.replace(/^\s*\/\/.*/, '')));
}

/** What becomes of an opening in a file of preparations: `undefined` where it may be closed, or is not opened for sure. */
export function setUpConnection(
  { call, opener, module }: Opening,
  ctx: SourceFacetContext,
): SetUpConnection | undefined {
  const name = heldOpen(call, opener, ctx);
  if (name === undefined) return undefined;
  const { target, close, closes } = opener;
  return { at: ctx.at(call), name, target, module, close, closes };
}

function heldOpen(call: Opening['call'], opener: Opener, ctx: SourceFacetContext): string | undefined {
  if (opener.isFile === true) return undefined;
  if (opener.closer !== undefined) return memberAccess(call.expression)?.receiver.getText() ?? opener.closer;
  const shared = globalMember(call);
  if (shared !== undefined) return opener.opens === 'made' ? shared : undefined;
  const uses = usesIn(call, ctx);
  if (uses === undefined || uses.closes.length > 0 || uses.handedOn || uses.returned) return undefined;
  const name = nameOf(bindingOf(call, ctx.lookup));
  if (name === '' || !isOpened(opener, uses)) return undefined;
  return uses.escapes && !isMadeGlobal(name, ctx.file) ? undefined : name;
}

/** `globalThis.__DATABASE__` of `globalThis.__DATABASE__ = await open()`. */
function globalMember(call: ts.Node): string | undefined {
  let { parent } = call;
  while (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) {
    parent = parent.parent;
  }
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const text = parent.left.getText();
  return /^\(?(?:globalThis|global)\b/.test(text) ? text : undefined;
}

/** `globalThis.pool = pool`: tests get it, and nobody else. */
function isMadeGlobal(name: string, { text }: ts.SourceFile): boolean {
  return new RegExp(`\\b(?:globalThis|global)\\b[^;\\n=]*=\\s*${name.replace(/[$.]/g, '\\$&')}\\b`).test(text);
}
