import { type FileHeader, ts, unwrap } from '#api';
import { calledName, constant, memberAccess, propertyKey } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { stageAsked } from './development.ts';

/** Options of tracing libraries that say which share of requests is recorded, and what is recorded. */
export const RATES: ReadonlyMap<string, 'traces' | 'profiles'> = new Map([
  ['tracesSampleRate', 'traces'],
  ['profilesSampleRate', 'profiles'],
  ['profileSessionSampleRate', 'profiles'],
  ['tracesSampler', 'traces'],
]);

/** Classes of OpenTelemetry that decide what is recorded. */
export const SAMPLERS = new Set(['AlwaysOnSampler', 'TraceIdRatioBasedSampler']);

/** Up to here a share counts as a sample. */
const MOST = 0.5;

/** Everything, or nearly, is recorded. */
export interface FullRate {
  readonly option: string;
  readonly what: 'traces' | 'profiles';
  /** As it is written; `undefined` where a name stands for it. */
  readonly rate: number | undefined;
  readonly value: ts.Expression;
}

/** Reads the member of an options object alone. */
export function fullRate({ name, initializer }: ts.PropertyAssignment): FullRate | undefined {
  return rateOf(propertyKey(name), initializer);
}

/** `options.tracesSampleRate = 1` */
export function fullRateSet({ operatorToken, left, right }: ts.BinaryExpression): FullRate | undefined {
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  return rateOf(memberAccess(unwrap(left))?.name, right);
}

/** `new AlwaysOnSampler()`, `new TraceIdRatioBasedSampler(1)` */
export function fullSampler(node: ts.NewExpression, header: FileHeader): FullRate | undefined {
  const name = calledName(node) ?? '';
  if (!SAMPLERS.has(name)) return undefined;
  const reference = header.resolve(node.expression) ?? '';
  if (!reference.startsWith('@opentelemetry/') || !reference.endsWith(`#${name}`)) return undefined;
  if (name === 'AlwaysOnSampler') return { option: name, what: 'traces', rate: 1, value: node };
  const [ratio] = node.arguments ?? [];
  // Without a ratio nothing is recorded.
  return ratio === undefined ? undefined : full(name, 'traces', ratio);
}

/** The rate of a constant that stands for one; `undefined` for a sample. */
export function rateBehind(initializer: ts.Expression | undefined): number | undefined {
  const rate = initializer === undefined ? undefined : constant(initializer)?.value;
  return typeof rate === 'number' && rate > MOST ? rate : undefined;
}

function rateOf(option: string | undefined, value: ts.Expression): FullRate | undefined {
  const what = option === undefined ? undefined : RATES.get(option);
  if (option === undefined || what === undefined) return undefined;
  if (option !== 'tracesSampler') return full(option, what, inProduction(value));
  const answer = onlyAnswer(value);
  return answer === undefined ? undefined : full(option, what, answer);
}

function full(option: string, what: 'traces' | 'profiles', value: ts.Expression): FullRate | undefined {
  if (ts.isIdentifier(unwrap(value))) return { option, what, rate: undefined, value };
  const rate = rateBehind(value);
  return rate === undefined ? undefined : { option, what, rate, value };
}

/** `isProduction ? 1 : 0.1` is 1 where it matters; other choices are left alone. */
function inProduction(value: ts.Expression): ts.Expression {
  const node = unwrap(value);
  if (!ts.isConditionalExpression(node)) return value;
  const stage = stageAsked(node.condition);
  if (stage === undefined) return value;
  return stage === 'production' ? node.whenTrue : node.whenFalse;
}

/** What a sampler answers that asks nothing: `() => 1`. */
function onlyAnswer(value: ts.Expression): ts.Expression | undefined {
  const fn = unwrap(value);
  if (!isFunctionValue(fn)) return undefined;
  if (!ts.isBlock(fn.body)) return fn.body;
  const [only, ...more] = fn.body.statements;
  return only !== undefined && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}
