import { z } from 'zod';
import { type CollectContext, type FixContext, type FixEdit, rule, ts } from '#api';
import { isCheckedByPackage } from '../../_shared/env/checkers.ts';
import { mentionedElsewhere } from '../../_shared/env/mentionedElsewhere.ts';
import { type Coercion, inCondition, ofBinary, ofCall, ofPrefix } from './coercions.ts';
import { isGuarded } from './guarded.ts';

type Context = Pick<CollectContext<unknown>, 'header'>;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Texts of the environment that are taken for a truth value or a number.',
    promise: 'Switches and numbers of the environment are read as what they say',
    topics: ['process.env', 'boolean environment variable', 'env coercion', 'feature flag', 'NaN'],
    subject: ['env'],
    references: [
      { title: 'Node.js: process.env', url: 'https://nodejs.org/api/process.html#processenv' },
      { title: 'MDN: Truthy', url: 'https://developer.mozilla.org/en-US/docs/Glossary/Truthy' },
    ],
    messages: {
      truthy:
        '{name} is a text, and every text but the empty one is true: {name}=false switches this on. Compare it with a text.',
      compared:
        '{name} is a text or missing, never true or false, so this comparison has one answer. Compare it with a text.',
      number:
        'Without {name}, or with a typing mistake in it, this is NaN and nothing says so. Give a fallback, or throw when it is no number.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      IfStatement: (node, ctx) => inCondition(node.expression, ctx),
      ConditionalExpression: (node, ctx) => inCondition(node.condition, ctx),
      PrefixUnaryExpression: (node, ctx: Context): Coercion | undefined => ofPrefix(node, ctx),
      BinaryExpression: {
        named: /^(?:&&|[!=]==?)$/,
        listen: (node, ctx: Context): Coercion | undefined => ofBinary(node, ctx),
      },
      CallExpression: {
        named: /^(?:Boolean|Number|parseInt|parseFloat)$/,
        listen: (node, ctx: Context): Coercion | undefined => ofCall(node, ctx),
      },
    },
    check(ctx) {
      const reported = new Set<ts.Node>();
      for (const { kind, node, name } of ctx.scope.all()) {
        if (reported.has(node)) continue;
        reported.add(node);
        if (kind === 'number' && (isCheckedByPackage(ctx.header) || isGuarded(node, ctx))) continue;
        if (kind !== 'compared' && mentionedElsewhere(name, node, ctx.file, () => false)) continue;
        ctx.report(node, kind, { name });
      }
    },
  },
  fixes: {
    truthy: [{ title: "Compare {name} with 'true'", safety: 'suggest', edits: compare }],
    compared: [{ title: 'Compare {name} with a text', safety: 'safe', edits: quote }],
  },
});

/** `process.env.X === 'true'`, and `!==` in place of a `!` in front. */
function compare(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const read = ctx.node(
    (node): node is ts.Expression => ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node),
  );
  if (read === undefined) return undefined;
  const { parent } = read;
  const mark = quoteOf(ctx.text);
  if (ts.isPrefixUnaryExpression(parent)) {
    // `!!x` is x, as far as a condition goes.
    const outer = parent.parent;
    const isDouble = ts.isPrefixUnaryExpression(outer) && outer.operator === ts.SyntaxKind.ExclamationToken;
    const place = isDouble ? outer : parent;
    const text = `${read.getText()} ${isDouble ? '===' : '!=='} ${mark}true${mark}`;
    return [ctx.replace(place, text)];
  }
  return [ctx.insert(read.end, ` === ${mark}true${mark}`)];
}

function quote(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const value = ctx.node(
    (node): node is ts.BooleanLiteral =>
      node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword,
  );
  if (value === undefined) return undefined;
  const mark = quoteOf(ctx.text);
  return [ctx.replace(value, `${mark}${value.getText()}${mark}`)];
}

function quoteOf(text: string): '"' | "'" {
  const single = text.split("'").length;
  return text.split('"').length > single ? '"' : "'";
}
