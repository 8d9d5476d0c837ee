import { type FileHeader, ts, unwrap } from '#api';
import { propertyKey } from '../../_shared/calls.ts';
import { classAround } from '../../_shared/classAround.ts';
import { enclosingFunction, isFunctionWithBody, outermostFunction } from '../../_shared/enclosing.ts';
import { assignedName, functionName } from '../../_shared/functionName.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** An option by which a library accepts what it should refuse. */
export type Laxness = 'unsigned' | 'expired';

/** Packages that read options of these names. */
const READERS = /jsonwebtoken|^jose$|jwt|passport|oidc|openid/i;

/** Judges a property by name and value; cheap for all others. */
export function laxSetting(property: ts.PropertyAssignment, header: FileHeader): Laxness | undefined {
  const { name } = property;
  if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return undefined;
  const key = propertyKey(name);
  if (key !== 'algorithms' && key !== 'algorithm' && key !== 'ignoreExpiration') return undefined;
  if (![...header.modules].some((module) => READERS.test(module))) return undefined;
  const value = unwrap(property.initializer);
  if (key === 'ignoreExpiration') return value.kind === ts.SyntaxKind.TrueKeyword ? 'expired' : undefined;
  const given = ts.isArrayLiteralExpression(value) ? value.elements : [value];
  return given.some(
    (item) => ts.isStringLiteralLike(unwrap(item)) && /^none$/i.test((unwrap(item) as ts.StringLiteral).text),
  )
    ? 'unsigned'
    : undefined;
}

/** Among the options of a call; a table of algorithms for something else is none of ours. */
export function isPassed(property: ts.Node): boolean {
  let at = property.parent;
  while (ts.isObjectLiteralExpression(at) || ts.isPropertyAssignment(at) || unwrap(at) !== at) at = at.parent;
  return ts.isCallExpression(at) || ts.isNewExpression(at);
}

/** `encodeUnsignedState()`: says by its name that nobody should rely on it. */
export function saysUnsigned(property: ts.Node): boolean {
  for (let fn = enclosingFunction(property); fn !== undefined; fn = enclosingFunction(fn)) {
    if (/unsigned|unsecured|insecure/i.test(functionName(fn))) return true;
  }
  return false;
}

/**
 * Whether the time is looked at by hand: `exp` in the function or class around, or a function from elsewhere that a strategy
 * hands the claims to.
 */
export function looksAtTime(property: ts.Node, source: SourceView): boolean {
  const made = ts.findAncestor(property, (node) => ts.isNewExpression(node) || ts.isStatement(node));
  if (made !== undefined && ts.isNewExpression(made)) {
    const check = made.arguments?.[1];
    const isElsewhere = check !== undefined && !isFunctionWithBody(unwrap(check));
    if (isElsewhere || LOOKS_AT_TIME.test(made.getText())) return true;
  }
  const scope = classAround(property, source) ?? outermostFunction(property);
  return scope !== undefined && LOOKS_AT_TIME.test(scope.getText());
}

const LOOKS_AT_TIME = /\.exp\b|\{[^{}]*\bexp\b[^{}]*\} =|\bisExpired\b|\bcheckExpir/;

/** Ending a session, or renewing one with a second token, has to take tokens whose time is over. */
export function mayBeExpired(property: ts.Node): boolean {
  for (let fn = enclosingFunction(property); fn !== undefined; fn = enclosingFunction(fn)) {
    const name = functionName(fn) || assignedName(fn);
    if (/refresh|renew|logout|sign_?out|revoke|blacklist|invalidate|expired|ignoreExp/i.test(name)) return true;
  }
  return false;
}
