import { type Fix, ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { importInsertion } from '../../_shared/importLine.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';

/** `a.pipe(b);` as a statement of an async function becomes `await pipeline(a, b);`. */
export const awaitPipeline: Fix<unknown> = {
  title: 'Await pipeline()',
  safety: 'suggest',
  edits(ctx) {
    const made = ctx.node(ts.isCallExpression);
    const statement = made && ts.findAncestor(made, ts.isExpressionStatement);
    const pipe = statement && unwrap(statement.expression);
    const fn = statement && enclosingFunction(statement);
    if (made === undefined || pipe === undefined || fn === undefined || !ts.isCallExpression(pipe)) return undefined;
    const isAsync = hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
    const member = memberAccess(unwrap(pipe.expression));
    const [target] = pipe.arguments;
    if (isAsync !== true || member?.name !== 'pipe' || target === undefined || pipe.arguments.length !== 1)
      return undefined;
    // One stage: what was chained before has to keep its order.
    if (unwrap(member.receiver) !== made && unwrap(target) !== made) return undefined;
    if (/\.pipe\(/.test(member.receiver.getText())) return undefined;
    const known = [...ctx.header.imports].find(
      ([, { module, name }]) => module === 'stream/promises' && name === 'pipeline',
    );
    const first = ctx.file.statements[0];
    if (
      known === undefined &&
      (ctx.header.topLevel.has('pipeline') || first === undefined || !ts.isImportDeclaration(first))
    ) {
      return undefined;
    }
    const { at, text } = importInsertion(ctx, 'node:stream/promises', '{ pipeline }', true, statementEnd(ctx.file));
    return [
      ...(known === undefined ? [ctx.insert(at, text)] : []),
      ctx.replace(pipe, `await ${known?.[0] ?? 'pipeline'}(${member.receiver.getText()}, ${target.getText()})`),
    ];
  },
};
