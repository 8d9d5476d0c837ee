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

/**
 * Listeners by syntax kind; `R` is what a collector returns, `void` for a check.
 * Method syntax on purpose: listeners of many node types share one dispatch table.
 */
export type Listeners<C, R> = { readonly [K in KindName]?: (node: NodeByKind[K], ctx: C) => R };

/** Function-likes that open a fact scope: those with a body that runs when they are called. */
export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;
