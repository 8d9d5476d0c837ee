import type { ts } from '../ts.ts';

/** Syntax kinds that a rule can listen to, with the node type a listener receives. Add a line when a rule needs a kind. */
export interface NodeByKind {
  ArrayLiteralExpression: ts.ArrayLiteralExpression;
  ArrowFunction: ts.ArrowFunction;
  AsExpression: ts.AsExpression;
  AwaitExpression: ts.AwaitExpression;
  BinaryExpression: ts.BinaryExpression;
  BindingElement: ts.BindingElement;
  Block: ts.Block;
  BreakStatement: ts.BreakStatement;
  CallExpression: ts.CallExpression;
  CaseClause: ts.CaseClause;
  CatchClause: ts.CatchClause;
  ClassDeclaration: ts.ClassDeclaration;
  ClassExpression: ts.ClassExpression;
  ConditionalExpression: ts.ConditionalExpression;
  Constructor: ts.ConstructorDeclaration;
  ContinueStatement: ts.ContinueStatement;
  Decorator: ts.Decorator;
  DeleteExpression: ts.DeleteExpression;
  DoStatement: ts.DoStatement;
  ElementAccessExpression: ts.ElementAccessExpression;
  EnumDeclaration: ts.EnumDeclaration;
  ExportAssignment: ts.ExportAssignment;
  ExportDeclaration: ts.ExportDeclaration;
  ExpressionStatement: ts.ExpressionStatement;
  ForInStatement: ts.ForInStatement;
  ForOfStatement: ts.ForOfStatement;
  ForStatement: ts.ForStatement;
  FunctionDeclaration: ts.FunctionDeclaration;
  FunctionExpression: ts.FunctionExpression;
  GetAccessor: ts.GetAccessorDeclaration;
  Identifier: ts.Identifier;
  IfStatement: ts.IfStatement;
  ImportDeclaration: ts.ImportDeclaration;
  ImportEqualsDeclaration: ts.ImportEqualsDeclaration;
  InterfaceDeclaration: ts.InterfaceDeclaration;
  JsxAttribute: ts.JsxAttribute;
  JsxElement: ts.JsxElement;
  JsxOpeningElement: ts.JsxOpeningElement;
  JsxSelfClosingElement: ts.JsxSelfClosingElement;
  LabeledStatement: ts.LabeledStatement;
  MethodDeclaration: ts.MethodDeclaration;
  NewExpression: ts.NewExpression;
  NonNullExpression: ts.NonNullExpression;
  NoSubstitutionTemplateLiteral: ts.NoSubstitutionTemplateLiteral;
  NumericLiteral: ts.NumericLiteral;
  ObjectLiteralExpression: ts.ObjectLiteralExpression;
  Parameter: ts.ParameterDeclaration;
  PostfixUnaryExpression: ts.PostfixUnaryExpression;
  PrefixUnaryExpression: ts.PrefixUnaryExpression;
  PropertyAccessExpression: ts.PropertyAccessExpression;
  PropertyAssignment: ts.PropertyAssignment;
  PropertyDeclaration: ts.PropertyDeclaration;
  RegularExpressionLiteral: ts.RegularExpressionLiteral;
  ReturnStatement: ts.ReturnStatement;
  SatisfiesExpression: ts.SatisfiesExpression;
  SetAccessor: ts.SetAccessorDeclaration;
  ShorthandPropertyAssignment: ts.ShorthandPropertyAssignment;
  SpreadAssignment: ts.SpreadAssignment;
  SpreadElement: ts.SpreadElement;
  StringLiteral: ts.StringLiteral;
  SwitchStatement: ts.SwitchStatement;
  TaggedTemplateExpression: ts.TaggedTemplateExpression;
  TemplateExpression: ts.TemplateExpression;
  ThrowStatement: ts.ThrowStatement;
  TryStatement: ts.TryStatement;
  TypeAliasDeclaration: ts.TypeAliasDeclaration;
  VariableDeclaration: ts.VariableDeclaration;
  VariableStatement: ts.VariableStatement;
  VoidExpression: ts.VoidExpression;
  WhileStatement: ts.WhileStatement;
  YieldExpression: ts.YieldExpression;
}

export type KindName = keyof NodeByKind;

/** Names that a listener is for: a set or map that has them, a pattern without `g` and `y`, or a test. */
export type NameTest = { has(name: string): boolean } | RegExp | ((name: string) => boolean);

/**
 * A listener for nodes of some names, and for those whose name cannot be told, such as a call through a computed member. A
 * name is tested once for all files, so most listeners are not called at all. What the name of a node is, and which kinds
 * have one, `engine/incremental/nodeName.ts` says.
 */
export interface NamedListener<N, C, R> {
  /** Without it: for nodes of no name but those that are {@link imported}. */
  readonly named?: NameTest;
  /** Also for nodes by whose name the file imports something, whatever it is called where it comes from. */
  readonly imported?: true;
  listen(node: N, ctx: C): R;
}

/** Method syntax on purpose: listeners of many node types share one dispatch table. */
type Listener<N, C, R> = { listen(node: N, ctx: C): R }['listen'];

/** Listeners for all nodes of a syntax kind; `R` is what a collector returns, `void` for a check. */
export type PlainListeners<C, R> = { readonly [K in KindName]?: Listener<NodeByKind[K], C, R> };

/** Listeners by syntax kind. */
export type Listeners<C, R> = {
  readonly [K in KindName]?: Listener<NodeByKind[K], C, R> | NamedListener<NodeByKind[K], C, R>;
};

/** Function-likes that open a fact scope: those with a body that runs when they are called. */
export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;
