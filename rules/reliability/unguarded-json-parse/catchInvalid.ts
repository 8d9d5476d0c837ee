import type { z } from 'zod';
import { type Fix, type FixContext, type FixEdit, type FunctionNode, ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { indentAt, indentUnit, lineEnd, quoteMark } from '../../_shared/layout.ts';
import { returnedBy } from '../../_shared/web/handlerFunctions.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';

type AnyFix = Fix<z.output<z.ZodObject>>;

/** Answers 400 in handlers of Express that answer by themselves. */
export const answerInvalid: AnyFix = {
  title: 'Answer 400 when it is no JSON',
  safety: 'suggest',
  edits(ctx) {
    const place = parsedConstant(ctx);
    const handler = place && handlerOf(place.owner, ctx);
    const response = handler?.framework === 'express' ? handler.parameters.response?.name : undefined;
    if (place === undefined || response === undefined || !ts.isIdentifier(response)) return undefined;
    const quote = quoteMark(ctx.text);
    return caught(place, `${response.text}.status(400).json({ error: ${quote}Not valid JSON${quote} })`, ctx);
  },
};

/** Leaves the handler of a message. */
export const dropInvalid: AnyFix = {
  title: 'Drop messages that are no JSON',
  safety: 'suggest',
  edits(ctx) {
    const place = parsedConstant(ctx);
    return place && caught(place, undefined, ctx);
  },
};

interface Place {
  readonly statement: ts.VariableStatement;
  readonly declaration: ts.VariableDeclaration;
  readonly value: ts.Expression;
  readonly owner: FunctionNode;
}

/** `const order = JSON.parse(text);`, directly in a function that returns nothing. */
function parsedConstant(ctx: FixContext<unknown>): Place | undefined {
  const callee = ctx.node((node): node is ts.Expression => ts.isCallExpression(node.parent));
  const statement = callee && ts.findAncestor(callee, ts.isVariableStatement);
  const owner = callee && enclosingFunction(callee);
  const [declaration] = statement?.declarationList.declarations ?? [];
  if (statement === undefined || owner?.body === undefined || statement.parent !== owner.body) return undefined;
  if (declaration?.initializer === undefined || statement.declarationList.declarations.length !== 1) return undefined;
  if (!ts.isIdentifier(declaration.name) || !/^(?:void|Promise<void>)?$/.test(owner.type?.getText(ctx.file) ?? '')) {
    return undefined;
  }
  return returnedBy(owner).length > 0 ? undefined : { statement, declaration, value: declaration.initializer, owner };
}

function caught(
  { statement, declaration, value }: Place,
  answer: string | undefined,
  ctx: FixContext<unknown>,
): readonly FixEdit[] {
  const indent = indentAt(ctx.text, statement.getStart(ctx.file));
  const unit = indentUnit(ctx.text);
  const end = statement.getText(ctx.file).endsWith(';') ? ';' : '';
  const name = declaration.name.getText(ctx.file);
  const type = declaration.type === undefined ? '' : `: ${declaration.type.getText(ctx.file)}`;
  const lines = [
    `let ${name}${type}${end}`,
    `${indent}try {`,
    `${indent}${unit}${name} = ${value.getText(ctx.file)}${end}`,
    `${indent}} catch {`,
    ...(answer === undefined ? [] : [`${indent}${unit}${answer}${end}`]),
    `${indent}${unit}return${end}`,
    `${indent}}`,
  ];
  return [ctx.replace(statement, lines.join(lineEnd(ctx.text)))];
}
