import { ts, unwrap } from '#api';
import { constant, memberAccess, propertyKey } from '../../_shared/calls.ts';

/** Options of tracing libraries that say which share of requests is recorded, and what is recorded. */
export const RATES: ReadonlyMap<string, 'traces' | 'profiles'> = new Map([
  ['tracesSampleRate', 'traces'],
  ['profilesSampleRate', 'profiles'],
  ['profileSessionSampleRate', 'profiles'],
]);

/** Up to here a share counts as a sample. */
const MOST = 0.5;

/** Everything, or nearly, is recorded. */
export interface FullRate {
  readonly option: string;
  readonly what: 'traces' | 'profiles';
  /** As it is written. */
  readonly rate: number;
  readonly value: ts.Expression;
}

/** Reads the member of an options object alone. */
export function fullRate(property: ts.PropertyAssignment): FullRate | undefined {
  const option = propertyKey(property.name);
  const what = option === undefined ? undefined : RATES.get(option);
  if (option === undefined || what === undefined) return undefined;
  const rate = constant(property.initializer)?.value;
  return typeof rate === 'number' && rate > MOST ? { option, what, rate, value: property.initializer } : undefined;
}

/** `options.tracesSampleRate = 1` */
export function fullRateSet(assignment: ts.BinaryExpression): FullRate | undefined {
  if (assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const option = memberAccess(unwrap(assignment.left))?.name;
  const what = option === undefined ? undefined : RATES.get(option);
  if (option === undefined || what === undefined) return undefined;
  const rate = constant(assignment.right)?.value;
  return typeof rate === 'number' && rate > MOST ? { option, what, rate, value: assignment.right } : undefined;
}
