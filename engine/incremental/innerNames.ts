import { LONG, Stretches } from '../flow/stretches.ts';
import { kindSet } from '../kindSet.ts';
import { ts } from '../ts.ts';
import { isUnit } from './boundary.ts';
import { Braces } from './braces.ts';

const K = ts.SyntaxKind;
const FIRST_NODE = K.FirstNode;
const NONE: readonly string[] = [];

/** What declares nothing inside without a brace or an arrow. Types are told by their range of kinds. */
const EXPRESSIONS = kindSet(
  K.ExpressionStatement,
  K.ReturnStatement,
  K.ThrowStatement,
  K.ImportDeclaration,
  K.ExportDeclaration,
  K.ExportAssignment,
  K.PropertyDeclaration,
  K.PropertyAssignment,
  K.CallExpression,
  K.NewExpression,
  K.PropertyAccessExpression,
  K.ElementAccessExpression,
  K.TaggedTemplateExpression,
  K.TemplateExpression,
  K.BinaryExpression,
  K.ConditionalExpression,
  K.PrefixUnaryExpression,
  K.ParenthesizedExpression,
  K.AwaitExpression,
  K.ArrayLiteralExpression,
  K.SpreadElement,
  K.AsExpression,
  K.NonNullExpression,
);

/** Names that inner scopes declare, by statement, and together for stretches of statements (cache: inner names). */
export class InnerNames {
  private readonly byStatement = new WeakMap<ts.Node, readonly string[]>();
  /** Of the text of the file that is being read. */
  private braces = new Braces('');
  /** Names found so far in the statement that is being read. */
  private found: Set<string> | undefined;
  private readonly add = (name: string): void => {
    this.found ??= new Set();
    this.found.add(name);
  };
  private readonly step = (node: ts.Node): void => this.visit(node);
  private readonly stretches = new Stretches<ts.Node, readonly string[]>((nodes) => [
    ...new Set(nodes.flatMap((node) => this.inside(node))),
  ]);
  /** The same with the names that the nodes declare themselves. */
  private readonly nested = new Stretches<ts.Node, readonly string[]>((nodes) => {
    const names = new Set<string>();
    for (const node of nodes) {
      declared(node, (name) => names.add(name));
      for (const name of this.inside(node)) names.add(name);
    }
    return [...names];
  });

  /**
   * Names declared anywhere below top level: parameters, locals, nested functions and classes, catch variables; some come
   * more than once. The header needs them to know which imports and globals some scope hides. Errs on the side of too many.
   */
  of(file: ts.SourceFile, into: (name: string) => void): void {
    const { statements } = file;
    this.braces = new Braces(file.text);
    if (statements.length > LONG) for (const names of this.stretches.of(statements)) names.forEach(into);
    else for (const statement of statements) this.inside(statement).forEach(into);
  }

  /** Whether a statement or class member was looked at. */
  has(node: ts.Node): boolean {
    return this.byStatement.has(node);
  }

  /** Without what it declares itself: at top level that is the header's, and a statement may come to stand in a block. */
  private inside(statement: ts.Node): readonly string[] {
    const cached = this.byStatement.get(statement);
    if (cached !== undefined) return cached;
    const around = this.found;
    this.found = undefined;
    if (ts.isVariableStatement(statement)) for (const value of valuesIn(statement)) this.visit(value);
    else if (!this.isPlain(statement)) this.visitChildren(statement);
    const result = this.found === undefined ? NONE : [...(this.found as Set<string>)];
    this.found = around;
    this.byStatement.set(statement, result);
    return result;
  }

  private visit(node: ts.Node): void {
    // Names, literals and keywords, every other node of a tree, declare nothing and have nothing inside.
    if (node.kind < FIRST_NODE) return;
    declared(node, this.add);
    if (isUnit(node)) this.inside(node).forEach(this.add);
    else if (!this.isPlain(node)) this.visitChildren(node);
  }

  private visitChildren(node: ts.Node): void {
    const list = listIn(node);
    if (list === undefined) {
      ts.forEachChild(node, this.step);
      return;
    }
    ts.forEachChild(node, this.step, (children) => {
      if (children !== list) children.forEach(this.step);
      else for (const found of this.nested.of(children)) found.forEach(this.add);
    });
  }

  /** An expression or type without functions and classes. */
  private isPlain({ kind, pos, end }: ts.Node): boolean {
    const mayBe = EXPRESSIONS[kind] === 1 || (kind >= K.FirstTypeNode && kind <= K.LastTypeNode);
    return mayBe && !this.braces.between(pos, end);
  }
}

/** Statements or members that a node has many of. */
function listIn(node: ts.Node): ts.NodeArray<ts.Node> | undefined {
  switch (node.kind) {
    case K.Block:
      return longList((node as ts.Block).statements);
    case K.ClassDeclaration:
    case K.ClassExpression:
      return longList((node as ts.ClassLikeDeclaration).members);
    case K.ObjectLiteralExpression:
      return longList((node as ts.ObjectLiteralExpression).properties);
    default:
      return undefined;
  }
}

function longList(list: ts.NodeArray<ts.Node>): ts.NodeArray<ts.Node> | undefined {
  return list.length > LONG ? list : undefined;
}

/** All expressions in a statement that declares variables. */
function valuesIn({ declarationList }: ts.VariableStatement): readonly ts.Expression[] {
  const values: ts.Expression[] = [];
  const read = ({ name, initializer }: ts.VariableDeclaration | ts.BindingElement): void => {
    if (initializer !== undefined) values.push(initializer);
    if (ts.isIdentifier(name)) return;
    for (const element of name.elements) if (ts.isBindingElement(element)) read(element);
  };
  declarationList.declarations.forEach(read);
  return values;
}

function bound(name: ts.BindingName, add: (name: string) => void): void {
  if (ts.isIdentifier(name)) add(name.text);
  else for (const element of name.elements) if (ts.isBindingElement(element)) bound(element.name, add);
}

/** Reports the names a single node declares. */
function declared(node: ts.Node, add: (name: string) => void): void {
  switch (node.kind) {
    case K.Parameter:
    case K.VariableDeclaration:
    case K.BindingElement:
    case K.FunctionDeclaration:
    case K.FunctionExpression:
    case K.ClassDeclaration:
    case K.ClassExpression:
    case K.EnumDeclaration: {
      const name = (node as ts.NamedDeclaration).name;
      if (name !== undefined && ts.isIdentifier(name)) add(name.text);
      break;
    }
    case K.VariableStatement:
      for (const { name } of (node as ts.VariableStatement).declarationList.declarations) bound(name, add);
      break;
    default:
      break;
  }
}
