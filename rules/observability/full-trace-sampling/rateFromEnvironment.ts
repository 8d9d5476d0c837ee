import { type FixContext, type FixEdit, ts } from '#api';
import { inExample } from '../../_shared/env/exampleLine.ts';

/** Variable by option; the rate of traces is the one that Sentry's own tools read. */
const VARIABLES: Readonly<Record<string, string>> = {
  tracesSampleRate: 'SENTRY_TRACES_SAMPLE_RATE',
  profilesSampleRate: 'SENTRY_PROFILES_SAMPLE_RATE',
  profileSessionSampleRate: 'SENTRY_PROFILE_SESSION_SAMPLE_RATE',
};

/** Takes the rate from the environment, a tenth unless it says otherwise. */
export function rateFromEnvironment(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const variable = VARIABLES[String(ctx.data['option'])];
  const value = ctx.node(isRate);
  if (variable === undefined || value === undefined || ts.isConditionalExpression(value.parent)) return undefined;
  const quote = /^[^'"]*"/.test(ctx.text) ? '"' : "'";
  const rate = `Number(process.env[${quote}${variable}${quote}] ?? 0.1)`;
  return [ctx.replace(value, rate), ...inExample(ctx, variable)];
}

function isRate(node: ts.Node): node is ts.Expression {
  return ts.isNumericLiteral(node) || ts.isBinaryExpression(node) || ts.isParenthesizedExpression(node);
}
