import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** What entries that are made again when they are missing, or are of no use later, are called. */
const CACHE = /cache|session|token|otp|blacklist|blocklist|rate_?limit|throttle|nonce|csrf|verif|magic_?link/i;
/** What has to stay. */
const LASTING =
  /(?<![bB])lock|cursor|offset|checkpoint|last_?(?:run|sync|id|update)|flag|feature|config|setting|version|state|status|count|leader|schema/i;

/** The key of a cached entry. */
export interface CachedKey {
  /** As written. */
  readonly text: string;
  /** What a literal holds, up to its first part that is worked out; empty text where there is none. */
  readonly content: string;
}

/**
 * The key of an entry that stands for something kept elsewhere, as written: one that is called so, or read before by the
 * same function, which works it out anew when it is missing. `undefined` for what Redis may be the only place of.
 */
export function cachedKey(node: ts.CallExpression, source: SourceView): CachedKey | undefined {
  const [key] = node.arguments;
  if (key === undefined) return undefined;
  const named = unwrap(key);
  const value = ts.isIdentifier(named) ? initialValue(named, source) : named;
  const cached = { text: key.getText(), content: value === undefined ? '' : contentOf(value) };
  const names = `${cached.text} ${value === undefined || ts.isFunctionLike(value) ? '' : value.getText()}`;
  if (LASTING.test(names)) return undefined;
  if (CACHE.test(names)) return cached;
  const fn = enclosingFunction(node);
  const body = fn?.body;
  if (fn === undefined || body === undefined) return undefined;
  return /cache/i.test(nameOf(fn)) || isReadBefore(body, node, cached.text) ? cached : undefined;
}

function contentOf(value: ts.Node): string {
  if (ts.isTemplateExpression(value)) return value.head.text;
  return ts.isStringLiteralLike(value) ? value.text : '';
}

/** `const found = await redis.get(key)` above. */
function isReadBefore(body: ts.Node, own: ts.CallExpression, key: string): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.pos >= own.pos && node.end >= own.end) return false;
    if (ts.isCallExpression(node) && calledName(node) === 'get' && node.arguments[0]?.getText() === key) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(body) && /JSON\.stringify/.test(own.arguments[1]?.getText() ?? '');
}

function nameOf(fn: ts.SignatureDeclaration): string {
  if (fn.name !== undefined) return fn.name.getText();
  return ts.isVariableDeclaration(fn.parent) ? fn.parent.name.getText() : '';
}
