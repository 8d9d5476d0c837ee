import { type Fix, type FixContext, ts } from '#api';
import { importLine } from '../../_shared/importLine.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';
import { addDependency } from '../../_shared/project/addDependency.ts';
import { packageFolder } from '../../_shared/project/nearestPackage.ts';
import { fanOutOf } from './fanOut.ts';

/** Lets only so many requests wait at a time, with p-limit. */
export const addLimit: Fix<{ readonly concurrent: number }> = {
  title: 'Run only some of them at a time, with p-limit',
  safety: 'suggest',
  edits(ctx) {
    const all = ctx.node(ts.isCallExpression);
    const callback = all && fanOutOf(all, ctx)?.work;
    const statement = all && ts.findAncestor(all, ts.isStatement);
    if (all === undefined || statement === undefined || !ts.isBlock(statement.parent)) return undefined;
    // Only what is written where it is waited for.
    if (callback === undefined || callback.parent.parent !== all) return undefined;
    // The package is a module, and the names must be free.
    if (!ctx.file.statements.some(ts.isImportDeclaration) || /\b(?:limit|pLimit)\b/.test(ctx.text)) return undefined;
    const wrapped = wrap(callback, ctx);
    const end = statement.getText().endsWith(';') ? ';' : '';
    const importing = importLine(ctx, { module: 'p-limit', name: 'pLimit', isDefault: true }, end);
    if (wrapped === undefined || importing === undefined) return undefined;
    const start = statement.getStart();
    const line = `const limit = pLimit(${ctx.options.concurrent})${end}${lineEnd(ctx.text)}${indentAt(ctx.text, start)}`;
    const folder = packageFolder(ctx.path, ctx);
    return [
      importing,
      ctx.insert(start, line),
      ...wrapped,
      ...(folder === undefined ? [] : addDependency(folder, 'p-limit', '^6.0.0', ctx)),
    ];
  },
};

/** `async (url) => work` becomes `(url) => limit(async () => work)`. */
function wrap(callback: ts.Node, ctx: FixContext<unknown>) {
  if (!ts.isArrowFunction(callback) || callback.type !== undefined || callback.typeParameters !== undefined) {
    return undefined;
  }
  const start = callback.getStart();
  const head = ctx.text.slice(start, callback.body.getStart());
  const async = callback.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  if (/\/[/*]/.test(head)) return undefined;
  const parameters = async === undefined ? head : head.slice(async.end - start).trimStart();
  const inner = async === undefined ? '' : 'async ';
  return [
    ctx.replace({ start, end: callback.body.getStart() }, `${parameters}limit(${inner}() => `),
    ctx.insert(callback.end, ')'),
  ];
}
