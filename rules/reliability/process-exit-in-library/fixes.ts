import type { z } from 'zod';
import { type Fix, ts } from '#api';
import { behindStatement } from '../../_shared/behindStatement.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';
import { listenerThatCarriesOn } from './uncaught.ts';

type AnyFix = Fix<z.output<z.ZodObject>>;

/** Hands the error of the `catch` around to the caller. */
export const throwOn: AnyFix = {
  title: 'Throw the error to the caller',
  safety: 'suggest',
  edits(ctx) {
    const call = ctx.node((node): node is ts.Expression => ts.isCallExpression(node.parent))?.parent;
    const statement = call?.parent;
    if (statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
    const clause = ts.findAncestor(statement, (node) => ts.isCatchClause(node) || ts.isFunctionLike(node));
    const name = clause !== undefined && ts.isCatchClause(clause) ? clause.variableDeclaration?.name : undefined;
    if (name === undefined || !ts.isIdentifier(name)) return undefined;
    const end = statement.getText(ctx.file).endsWith(';') ? ';' : '';
    return [ctx.replace(statement, `throw ${name.text}${end}`)];
  },
};

/** Ends the process after the error was told. */
export const endProcess: AnyFix = {
  title: 'End the process after telling',
  safety: 'suggest',
  edits(ctx) {
    const call = ctx.node((node): node is ts.Expression => ts.isCallExpression(node.parent))?.parent;
    const body = call && ts.isCallExpression(call) ? listenerThatCarriesOn(call, ctx)?.body : undefined;
    if (body === undefined) return undefined;
    const indent = indentAt(ctx.text, body.parent.getStart(ctx.file));
    const inner = indent + indentUnit(ctx.text);
    const eol = lineEnd(ctx.text);
    const end = /;\s*(?:\r?\n|$)/.test(ctx.text) ? ';' : '';
    if (!ts.isBlock(body)) {
      const text = body.getText(ctx.file);
      return [
        ctx.replace(body, ['{', `${inner}${text}${end}`, `${inner}process.exit(1)${end}`, `${indent}}`].join(eol)),
      ];
    }
    const last = body.statements.at(-1);
    if (last === undefined) return [ctx.replace(body, ['{', `${inner}process.exit(1)${end}`, `${indent}}`].join(eol))];
    return [
      ctx.insert(
        behindStatement(ctx.text, last),
        `${eol}${indentAt(ctx.text, last.getStart(ctx.file))}process.exit(1)${end}`,
      ),
    ];
  },
};
