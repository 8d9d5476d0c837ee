import { type Fix, type FixContext, type FunctionNode, type TextEdit, ts } from '#api';
import { clientOf } from '../../_shared/data/clients.ts';
import { mayBeTransaction, type Transaction, transactionOf } from '../../_shared/data/transactions.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { mentionsName } from '../../_shared/mentions.ts';

/** Puts the transaction's own client in place of the outer one. */
export const useHandle: Fix<unknown> = {
  title: "Use the transaction's client",
  safety: 'safe',
  edits(ctx) {
    const place = ctx.node(isReference);
    const transaction = place && transactionAround(place, ctx);
    if (place === undefined || transaction === undefined) return undefined;
    const { callback, handle } = transaction;
    if (handle !== undefined && !ts.isIdentifier(handle.name)) return undefined;
    const name = handle === undefined ? 'tx' : handle.name.getText();
    if (isDeclaredBetween(place, callback, name)) return undefined;
    const client = withRepository(place, name, ctx);
    const edits = [ctx.replace(place, client)];
    const parameter = handle === undefined ? newParameter(callback, name, ctx) : undefined;
    if (handle === undefined && parameter === undefined) return undefined;
    return parameter === undefined ? edits : [parameter, ...edits];
  },
};

type Reference = ts.Identifier | ts.PropertyAccessExpression | ts.ThisExpression | ts.CallExpression;

function isReference(node: ts.Node): node is Reference {
  return (
    ts.isIdentifier(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isCallExpression(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword
  );
}

/** A repository joins through the manager; every other client is replaced as a whole. */
function withRepository(place: Reference, name: string, ctx: FixContext<unknown>): string {
  const value = clientOf(place, ctx);
  const isRepository = value?.library.kind === 'typeorm' && value.role === 'model';
  return isRepository ? `${name}.withRepository(${place.getText()})` : name;
}

/** The innermost transaction whose callback holds a node. */
function transactionAround(place: ts.Node, ctx: FixContext<unknown>): Transaction | undefined {
  for (let node = place; node.parent !== undefined; node = node.parent) {
    if (!ts.isCallExpression(node) || !mayBeTransaction(node)) continue;
    return transactionOf(node, ctx);
  }
  return undefined;
}

/** Whether the name means something else at the place than it does in the callback's parameters. */
function isDeclaredBetween(place: ts.Node, callback: FunctionNode, name: string): boolean {
  for (let node = place.parent; node !== undefined; node = node.parent) {
    if (ts.isBlock(node) && node.statements.some((statement) => declares(statement, name))) return true;
    if (node === callback) return false;
    if (isFunctionWithBody(node) && node.parameters.some((parameter) => binds(parameter.name, name))) return true;
  }
  return true;
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some((declaration) => binds(declaration.name, name));
  }
  return ts.isFunctionDeclaration(statement) && statement.name?.text === name;
}

function binds(bound: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(bound)) return bound.text === name;
  return bound.elements.some((element) => ts.isBindingElement(element) && binds(element.name, name));
}

/** `() => …` becomes `(tx) => …`. */
function newParameter(callback: FunctionNode, name: string, ctx: FixContext<unknown>): TextEdit | undefined {
  if (callback.parameters.length > 0 || mentionsName(callback, name)) return undefined;
  const open = callback.getChildren().find(({ kind }) => kind === ts.SyntaxKind.OpenParenToken);
  return open === undefined ? undefined : ctx.insert(open.end, name);
}
