import { ts } from '#api';
import { enclosingFunction, isFunctionWithBody } from '../../enclosing.ts';
import { namesOf } from '../../namesOf.ts';
import { type Holder, isLogical } from './holders.ts';
import { isSkip } from './limiterSkip.ts';

/** How many names for a variable are followed. */
const MOST_NAMES = 40;

/** The places of a file where variables decide something that are mentioned at some nodes, under any name, in source order. */
export function holdersOfMentions(mentions: Iterable<ts.Node>, file: ts.SourceFile): readonly Holder[] {
  const holders = new Set<Holder>();
  const seen = new Set<ts.Node>();
  const open = [...mentions];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const name = climb(node, holders);
    if (name === undefined || seen.has(name.declaration) || seen.size >= MOST_NAMES) continue;
    seen.add(name.declaration);
    // A variable is known in its function alone.
    const scope = isVariable(name.declaration) ? enclosingFunction(name.declaration) : undefined;
    open.push(...namesOf(name.text, scope ?? file));
  }
  return [...holders].sort((a, b) => a.pos - b.pos || b.end - a.end);
}

/** A name for a value, and the variable, field, property or function that has it. */
interface Name {
  readonly text: string;
  readonly declaration: ts.Node;
}

function isVariable(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) || ts.isBindingElement(node);
}

/** Goes up from a mention through what it decides; returns the name under which its value is known further on. */
function climb(mention: ts.Node, holders: Set<Holder>): Name | undefined {
  for (let at = mention; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent)) {
      if (parent.expression === at) holders.add(parent);
      return undefined;
    }
    if (ts.isConditionalExpression(parent) && parent.condition === at) holders.add(parent);
    else if (isLogical(parent)) holders.add(parent);
    else if (ts.isPropertyAssignment(parent) && isSkip(parent)) holders.add(parent);
    const name = nameGiven(parent, at);
    if (name !== undefined) return { text: name, declaration: parent };
    if (ts.isStatement(parent) && !ts.isReturnStatement(parent) && !isOnlyStatement(at, parent)) return undefined;
  }
  return undefined;
}

/** `{ return … }`: the body of a function that does nothing else. */
function isOnlyStatement(statement: ts.Node, parent: ts.Statement): boolean {
  return ts.isBlock(parent) && parent.statements.length === 1 && ts.isReturnStatement(statement);
}

/** What a variable, field, property or function around a value is called. */
function nameGiven(holder: ts.Node, value: ts.Node): string | undefined {
  if (ts.isBinaryExpression(holder)) {
    const { left, operatorToken } = holder;
    const isField = operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(left);
    return isField && left !== value ? left.name.text : undefined;
  }
  if (ts.isBindingElement(holder) || ts.isImportSpecifier(holder)) return textOf(holder.name);
  const isNamed =
    ts.isVariableDeclaration(holder) ||
    ts.isPropertyAssignment(holder) ||
    ts.isPropertyDeclaration(holder) ||
    (isFunctionWithBody(holder) && !ts.isArrowFunction(holder));
  return isNamed && holder.name !== undefined && holder.name !== value ? textOf(holder.name) : undefined;
}

function textOf(name: ts.Node): string | undefined {
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? name.text : undefined;
}
