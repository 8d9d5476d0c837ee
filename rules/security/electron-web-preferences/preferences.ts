import { ts, unwrap } from '#api';
import { constantOf, MAX_STEPS, settled } from '../../_shared/browser/constants.ts';
import { constant, memberAccess } from '../../_shared/calls.ts';
import type { Lookup } from '../../_shared/sourceView.ts';
import { SWITCHES } from './switches.ts';

/** How preferences of windows are called. */
export const NAME = /^(?:default)?_?web_?preferences$/i;
const GETTER = /^(?:get|make|create|build)?(?:default)?web_?preferences$/i;

/** A setting that is surely given an unsafe value. */
export interface UnsafeSetting {
  readonly at: ts.PropertyAssignment | ts.ShorthandPropertyAssignment | ts.BinaryExpression;
  readonly name: string;
}

/** The text of a name; empty for computed ones. */
export function textOfName(name: ts.Node | undefined): string {
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : '';
}

/** The value of a member or variable that is named, or typed, as the preferences of a window. */
export function preferencesOf(
  node: ts.PropertyAssignment | ts.VariableDeclaration | ts.PropertyDeclaration,
): ts.Expression | undefined {
  if (NAME.test(textOfName(node.name))) return node.initializer;
  if (ts.isPropertyAssignment(node) || node.type === undefined || !ts.isTypeReferenceNode(node.type)) return undefined;
  const { typeName } = node.type;
  const type = ts.isIdentifier(typeName) ? typeName : typeName.right;
  return type.text === 'WebPreferences' ? node.initializer : undefined;
}

/** What a function named for giving preferences returns, when that is an object written in it. */
export function preferencesFrom(node: ts.FunctionDeclaration | ts.MethodDeclaration): ts.Expression | undefined {
  if (node.body === undefined || !GETTER.test(textOfName(node.name))) return undefined;
  const last = node.body.statements.at(-1);
  return last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined;
}

/** `webPreferences.nodeIntegration = true`, as listeners of `will-attach-webview` write it. */
export function unsafeAssignment(node: ts.BinaryExpression): UnsafeSetting | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const left = memberAccess(unwrap(node.left));
  if (left === undefined) return undefined;
  const { name } = left;
  const found = SWITCHES.get(name);
  if (found === undefined || constant(node.right)?.value !== found.unsafe) return undefined;
  const owner = unwrap(left.receiver);
  const ownerName = ts.isPropertyAccessExpression(owner) ? owner.name : owner;
  return NAME.test(textOfName(ownerName)) ? { at: node, name } : undefined;
}

/** All unsafe settings of an expression: in objects, in constants that are spread, in the branches of conditions. */
export function unsafeIn(expression: ts.Node, lookup: Lookup, steps = 0): readonly UnsafeSetting[] {
  if (steps > MAX_STEPS) return [];
  const inner = (node: ts.Node): readonly UnsafeSetting[] => unsafeIn(node, lookup, steps + 1);
  const node = unwrap(expression);
  if (ts.isObjectLiteralExpression(node)) return unsafeMembers(node, inner, lookup);
  if (ts.isConditionalExpression(node)) return [...inner(node.whenTrue), ...inner(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return inner(node.right);
  if (ts.isArrowFunction(node)) return ts.isBlock(node.body) ? [] : inner(node.body);
  if (ts.isCallExpression(node)) {
    const merges = ts.isPropertyAccessExpression(node.expression) && node.expression.getText() === 'Object.assign';
    const last = node.arguments.at(-1);
    return merges && last !== undefined ? inner(last) : [];
  }
  const constant = ts.isIdentifier(node) ? constantOf(node, lookup) : undefined;
  return constant === undefined ? [] : inner(constant);
}

function unsafeMembers(
  object: ts.ObjectLiteralExpression,
  inner: (node: ts.Node) => readonly UnsafeSetting[],
  lookup: Lookup,
): readonly UnsafeSetting[] {
  const found: UnsafeSetting[] = [];
  object.properties.forEach((member, index) => {
    // What comes behind may say otherwise.
    const replaced = (name: string): boolean =>
      object.properties.some((other, at) => at > index && (isOpenSpread(other) || textOfName(other.name) === name));
    if (ts.isSpreadAssignment(member)) {
      found.push(...inner(member.expression).filter(({ name }) => !replaced(name)));
    } else if (ts.isPropertyAssignment(member) || ts.isShorthandPropertyAssignment(member)) {
      const name = textOfName(member.name);
      const { unsafe } = SWITCHES.get(name) ?? {};
      const value = ts.isPropertyAssignment(member) ? member.initializer : member.name;
      if (unsafe !== undefined && constant(settled(value, lookup))?.value === unsafe && !replaced(name)) {
        found.push({ at: member, name });
      }
    }
  });
  return found;
}

/** A spread of something that is not written out right there. */
function isOpenSpread(member: ts.ObjectLiteralElementLike): boolean {
  if (!ts.isSpreadAssignment(member)) return false;
  const spread = unwrap(member.expression);
  const value = ts.isBinaryExpression(spread) ? unwrap(spread.right) : spread;
  return !ts.isObjectLiteralExpression(value) && !ts.isConditionalExpression(value);
}
