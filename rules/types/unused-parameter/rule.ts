import { z } from 'zod';
import { type FixContext, type FunctionNode, type NodeContext, rule, type TextEdit, ts } from '#api';
import { classAround } from '../../_shared/classAround.ts';
import { unusedParameters } from './unused.ts';

type Context = Pick<NodeContext<'unused', unknown>, 'report'>;

function judge(fn: FunctionNode, ctx: Context): void {
  for (const { name } of unusedParameters(fn)) ctx.report(name, 'unused', { name: name.getText() });
}

/** Marks the name. What is documented under it would no longer be found. */
function mark(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const parameter = ctx.node(ts.isIdentifier)?.parent;
  if (parameter === undefined || !ts.isParameter(parameter)) return undefined;
  const name = parameter.name.getText();
  const fn = parameter.parent;
  const before = ctx.text.slice(Math.max(0, fn.getStart() - 2000), fn.getStart());
  if (new RegExp(`@param\\b[^\\n]*\\b${name}\\b`).test(before)) return undefined;
  if (new RegExp(`\\b_${name}\\b`).test(fn.getText())) return undefined;
  return [ctx.insert(parameter.name.getStart(), '_')];
}

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Parameters that are never read and stand before one that is.',
    promise: 'Parameters that are not used are marked',
    topics: ['unused parameter', 'unused argument', 'noUnusedParameters', 'underscore prefix'],
    subject: ['function', 'req', 'index', 'event'],
    references: [
      { title: 'TypeScript: noUnusedParameters', url: 'https://www.typescriptlang.org/tsconfig/#noUnusedParameters' },
      { title: 'ESLint: no-unused-vars', url: 'https://eslint.org/docs/latest/rules/no-unused-vars' },
    ],
    messages: {
      unused:
        '{name} is never read, and stands here only because of what comes behind it. Write _{name}, so that readers and the compiler know that it was not forgotten.',
    },
  },
  options: z.strictObject({}),
  node: {
    on: {
      FunctionDeclaration: judge,
      FunctionExpression: judge,
      ArrowFunction: judge,
      Constructor: judge,
    },
  },
  file: {
    collect: {
      // Frameworks call decorated methods, with parameters of their choice.
      MethodDeclaration: (node) =>
        ts.getDecorators(node) === undefined && unusedParameters(node).length > 0 ? node : undefined,
    },
    each(method, ctx) {
      const owner = classAround(method, ctx);
      // What a class takes over from others has the parameters that these have.
      if (owner !== undefined && owner === method.parent && owner.heritageClauses === undefined) judge(method, ctx);
    },
  },
  fixes: {
    unused: [{ title: 'Write _{name}', safety: 'safe', edits: mark }],
  },
});
