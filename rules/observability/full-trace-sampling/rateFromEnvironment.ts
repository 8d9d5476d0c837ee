import { type FixContext, type FixEdit, ts } from '#api';
import { envRead } from '../../_shared/env/envRead.ts';
import { inExample } from '../../_shared/env/exampleLine.ts';

/** Variable by option; the rate of traces is the one that Sentry's own tools read. */
const VARIABLES: Readonly<Record<string, string>> = {
  tracesSampleRate: 'SENTRY_TRACES_SAMPLE_RATE',
  profilesSampleRate: 'SENTRY_PROFILES_SAMPLE_RATE',
  profileSessionSampleRate: 'SENTRY_PROFILE_SESSION_SAMPLE_RATE',
};

/** A tenth, unless the environment says otherwise. */
const SHARE = '0.1';

/** Takes the rate from the environment, a tenth unless it says otherwise. */
export function rateFromEnvironment(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const variable = VARIABLES[String(ctx.data['option'])];
  const value = ctx.node(isRate);
  if (variable === undefined || value === undefined || ts.isConditionalExpression(value.parent)) return undefined;
  const read = envRead(ctx, variable);
  if (read === undefined) return undefined;
  // An empty line of the example would turn tracing off.
  return [ctx.replace(value, `Number(${read} ?? ${SHARE})`), ...inExample(ctx, variable, SHARE)];
}

function isRate(node: ts.Node): node is ts.Expression {
  return ts.isNumericLiteral(node) || ts.isBinaryExpression(node) || ts.isParenthesizedExpression(node);
}
