import { type SourceFacetContext, ts } from '#api';
import type { Opener } from '../../data/openers.ts';
import { isWithin } from '../../enclosing.ts';
import { exportsAround } from '../../moduleExports.ts';
import { isHandedOn, nameOf } from '../bindings.ts';
import { cleanupHook } from '../hooks.ts';
import { bindingOf } from '../uses.ts';
import { isOpened, type Opening, usesIn } from './ownConnections.ts';

/** What a file has for others to use, by name; the default export has the empty one. */
export interface Offers {
  /** Exported clients. */
  readonly clients: Readonly<Record<string, Offered>>;
  /** Exported functions that open a connection and leave it open. */
  readonly starters: Readonly<Record<string, Offered>>;
  /** Clients that variables at the top of the file hold, exported or not. */
  readonly held: Readonly<Record<string, Offered>>;
  /** Packages that keep the connection themselves which the file opens. */
  readonly kept: Readonly<Record<string, Offered>>;
}

/** What a client connects to, the package it does it with, and how it is asked and closed. */
export interface Offered {
  readonly target: string;
  readonly module: string;
  readonly close: string;
  readonly closes: Opener['closes'];
  readonly ask?: Opener['ask'];
}

/** Of files that have nothing for others. */
export const NO_OFFERS: Offers = { clients: {}, starters: {}, held: {}, kept: {} };

/** Clients and opening functions of a module. */
export function offersOf(openings: readonly Opening[], ctx: SourceFacetContext): Offers {
  const exported = exportsAround(
    ctx.file,
    openings.map(({ call }) => call),
  );
  const clients: Record<string, Offered> = {};
  const starters: Record<string, Offered> = {};
  for (const [name, value] of exported) {
    for (const { call, opener, module } of openings) {
      if (!ts.isFunctionLike(value)) {
        if (isHeldBy(value, call, ctx)) clients[name] = offered(opener, module);
      } else if (isWithin(call, value) && leavesOpen(call, opener, ctx)) {
        starters[name] = offered(opener, module);
      }
    }
  }
  const held: Record<string, Offered> = {};
  const kept: Record<string, Offered> = {};
  for (const { call, opener, module } of openings) {
    const binding = opener.closer === undefined ? bindingOf(call, ctx.lookup) : undefined;
    if (opener.closer !== undefined) kept[module] = offered(opener, module);
    else if (binding !== undefined && typeof binding !== 'string' && isAtTop(binding)) {
      held[nameOf(binding)] = offered(opener, module);
    }
  }
  return { clients, starters, held, kept };
}

function isAtTop(declaration: ts.Declaration): boolean {
  return ts.isVariableDeclaration(declaration) && ts.isSourceFile(declaration.parent.parent.parent);
}

function offered({ target, close, closes, ask }: Opener, module: string): Offered {
  return { target, module, close, closes, ...(ask !== undefined && { ask }) };
}

/** `export const pool = new Pool()`, `export default new Redis()`, `const db = …; export default db`. */
function isHeldBy(value: ts.Expression, call: ts.Node, ctx: SourceFacetContext): boolean {
  if (isWithin(call, value)) return value === call;
  if (!ts.isIdentifier(value)) return false;
  const declaration = ctx.lookup(value) ?? value.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return false;
  const made = declaration.initializer;
  // `globalForPrisma.prisma ?? new PrismaClient()` is one as well.
  return made === call || (ts.isBinaryExpression(made) && made.right === call);
}

function leavesOpen(call: ts.CallExpression | ts.NewExpression, opener: Opener, ctx: SourceFacetContext): boolean {
  if (opener.closer !== undefined) return !/\b(?:disconnect|close)\s*\(/.test(functionText(call));
  const uses = usesIn(call, ctx);
  if (uses === undefined) return opener.opens === 'made' && isHandedOn(call);
  const isClosed = uses.closes.some((close) => cleanupHook(close) !== undefined || isSameFunction(close, call));
  return !isClosed && !uses.escapes && (opener.opens === 'made' || isOpened(opener, uses));
}

function functionText(node: ts.Node): string {
  return functionAround(node)?.getText() ?? '';
}

function isSameFunction(a: ts.Node, b: ts.Node): boolean {
  return functionAround(a) === functionAround(b);
}

function functionAround(node: ts.Node): ts.Node | undefined {
  let at: ts.Node | undefined = node.parent;
  while (at !== undefined && !ts.isFunctionLike(at)) at = at.parent;
  return at;
}
