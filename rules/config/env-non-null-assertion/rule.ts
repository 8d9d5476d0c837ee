import { z } from 'zod';
import { rule, ts } from '#api';
import { isCheckedByPackage } from '../../_shared/env/checkers.ts';
import { directRead } from '../../_shared/env/directRead.ts';
import { mentionedElsewhere } from '../../_shared/env/mentionedElsewhere.ts';
import { isBuildTimeVariable, isPlatformVariable } from '../../_shared/env/variables.ts';
import { isFallback } from '../../_shared/operators.ts';
import { readOrThrow } from './fix.ts';
import { isBuiltIn } from './surroundings.ts';

interface Asserted {
  readonly node: ts.NonNullExpression | ts.AsExpression;
  readonly name: string;
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Environment variables that are said to be there and may be missing.',
    promise: 'No environment variable is taken for granted',
    topics: ['process.env', 'non-null assertion', 'missing environment variable', 'env assertion'],
    subject: ['env'],
    references: [
      {
        title: 'TypeScript: non-null assertion operator',
        url: 'https://www.typescriptlang.org/docs/handbook/release-notes/typescript-2-0.html#non-null-assertion-operator',
      },
      { title: 'The Twelve-Factor App: Config', url: 'https://12factor.net/config' },
    ],
    messages: {
      asserted:
        'Nothing checks that {name} is set: without it the program goes on with undefined and fails somewhere else, or worse, does not. Throw at the start when it is missing.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      NonNullExpression: (node, { header }): Asserted | undefined => {
        const name = directRead(node.expression, header);
        return name === undefined ? undefined : { node, name };
      },
      AsExpression: (node, { header }): Asserted | undefined => {
        if (node.type.kind !== ts.SyntaxKind.StringKeyword) return undefined;
        // `process.env.X! as string` is reported for its `!`.
        const name = ts.isNonNullExpression(node.expression) ? undefined : directRead(node.expression, header);
        return name === undefined ? undefined : { node, name };
      },
    },
    check(ctx) {
      if (isBuiltIn(ctx.header) || isCheckedByPackage(ctx.header)) return;
      for (const { node, name } of ctx.scope.all()) {
        if (isPlatformVariable(name) || isBuildTimeVariable(name)) continue;
        if (mentionedElsewhere(name, node, ctx.file, isAsserted) || hasFallback(node)) continue;
        ctx.report(node, 'asserted', { name });
      }
    },
  },
  fixes: { asserted: [{ title: 'Throw when {name} is missing', safety: 'suggest', edits: readOrThrow }] },
});

/** The same variable, taken for granted once more. */
function isAsserted(behind: string): boolean {
  return /^['"]?\]?(?:!|\s+as\s)/.test(behind);
}

/** `process.env.X! || 'a'`, `process.env.X as string ?? 'a'`: the word is not kept. */
function hasFallback(node: ts.Node): boolean {
  let up = node.parent;
  let inner: ts.Node = node;
  while (ts.isParenthesizedExpression(up) || ts.isAsExpression(up) || ts.isNonNullExpression(up) || isConversion(up)) {
    inner = up;
    up = up.parent;
  }
  if (ts.isBinaryExpression(up)) {
    const operator = up.operatorToken.kind;
    const isChoice =
      isFallback(operator) ||
      operator === ts.SyntaxKind.EqualsEqualsEqualsToken ||
      operator === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
      operator === ts.SyntaxKind.EqualsToken;
    return isChoice && up.left === inner;
  }
  const isOptional =
    (ts.isPropertyAccessExpression(up) || ts.isElementAccessExpression(up)) && up.questionDotToken !== undefined;
  return isOptional || ts.isIfStatement(up) || ts.isPrefixUnaryExpression(up);
}

/** `parseInt(process.env.X!) || 3000`: NaN is as good as missing. */
function isConversion(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && /^(?:Number|(?:Number\.)?parse(?:Int|Float))$/.test(node.expression.getText());
}
