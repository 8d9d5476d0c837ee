import { type FileHeader, type FunctionNode, ts, unwrap } from '#api';
import { constant, option } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';

/** How a library was told to try again, and where. */
export interface Steady {
  readonly kind: 'none' | 'constant';
  readonly place: ts.Node;
}

/** Milliseconds between which equal pauses of many clients meet: shorter ones ask something near, longer ones hurt nobody. */
const SHORTEST = 250;
const LONGEST = 60_000;

/** Settings whose value says how long to wait, with the packages that have them. */
const PAUSES: ReadonlyMap<string, readonly string[]> = new Map([
  ['retryStrategy', ['ioredis']],
  ['reconnectStrategy', ['redis', '@redis/client']],
  ['calculateDelay', ['got']],
  ['backoff', ['bullmq', 'bull', '@nestjs/bullmq', '@nestjs/bull']],
]);
const QUEUES = ['bullmq', 'bull', '@nestjs/bullmq', '@nestjs/bull'];

/** Names of settings that are looked at. */
export const SETTINGS: ReadonlySet<string> = new Set([...PAUSES.keys(), 'defaultJobOptions']);

/** Functions that try again, by what they resolve to, with the reader of their arguments. */
const CALLS: ReadonlyMap<string, (call: ts.CallExpression) => Steady | undefined> = new Map([
  ['axios-retry', axiosRetry],
  ['axios-retry#default', axiosRetry],
  ...['p-retry', 'p-retry#default', 'async-retry', 'promise-retry'].map((name) => [name, withFactor] as const),
  ['retry#operation', withFactor],
  ['rxjs#retry', observableRetry],
  ['rxjs/operators#retry', observableRetry],
]);
const PACKAGES = [...new Set([...CALLS.keys()].map((reference) => reference.replace(/#.*/, '')))];

/** What a call of a library that tries again says of its pauses. */
export function steadyCall(call: ts.CallExpression, header: FileHeader): Steady | undefined {
  if (!PACKAGES.some((name) => header.modules.has(name))) return undefined;
  return CALLS.get(header.resolve(call.expression) ?? '')?.(call);
}

/** What a setting of a client or queue says of its pauses. */
export function steadySetting({ name, initializer }: ts.PropertyAssignment, header: FileHeader): Steady | undefined {
  const key = name.getText().replace(/['"]/g, '');
  const packages = key === 'defaultJobOptions' ? QUEUES : (PAUSES.get(key) ?? []);
  if (!packages.some((module) => header.modules.has(module))) return undefined;
  const value = unwrap(initializer);
  if (key === 'defaultJobOptions') return triedAtOnce(value, name);
  if (key === 'backoff' && ts.isObjectLiteralExpression(value)) return fixedBackoff(value, name);
  // `calculateDelay` gives 0 to stop.
  return isFunctionWithBody(value) ? steadyFunction(value, name, key !== 'calculateDelay') : steadyTime(value, name);
}

/** `axiosRetry(client, { retries: 3 })` tries again without any pause unless it is given one. */
function axiosRetry(call: ts.CallExpression): Steady | undefined {
  const [, settings] = call.arguments;
  const retries = option(settings, 'retries');
  const count = retries.kind === 'given' ? constant(retries.value)?.value : 3;
  if (retries.kind === 'unknown' || (typeof count === 'number' && count < 2)) return undefined;
  const delay = option(settings, 'retryDelay');
  if (delay.kind === 'absent') return { kind: 'none', place: call.expression };
  const value = delay.kind === 'given' ? unwrap(delay.value) : undefined;
  return value !== undefined && isFunctionWithBody(value) && delay.kind === 'given'
    ? steadyFunction(value, delay.property, true)
    : undefined;
}

/** `pRetry(work, { factor: 1 })`: the pause no longer grows. */
function withFactor(call: ts.CallExpression): Steady | undefined {
  const settings = call.arguments.find((argument) => ts.isObjectLiteralExpression(unwrap(argument)));
  const factor = option(settings, 'factor');
  const pause = option(settings, 'minTimeout');
  const times = option(settings, 'retries');
  if (factor.kind !== 'given' || constant(factor.value)?.value !== 1) return undefined;
  const time = pause.kind === 'given' ? constant(pause.value)?.value : pause.kind === 'absent' ? 1000 : undefined;
  const count = times.kind === 'given' ? constant(times.value)?.value : undefined;
  const isSteady = typeof time === 'number' && isTogether(time) && count !== 0 && count !== 1;
  const random = option(settings, 'randomize');
  const isSpread = random.kind === 'unknown' || (random.kind === 'given' && constant(random.value)?.value !== false);
  return isSteady && !isSpread && !randomizes(call) ? { kind: 'constant', place: factor.property } : undefined;
}

/** `async-retry` spreads its pauses by itself, unless it is told not to. */
function randomizes(call: ts.CallExpression): boolean {
  const settings = call.arguments.find((argument) => ts.isObjectLiteralExpression(unwrap(argument)));
  return option(settings, 'randomize').kind === 'absent' && /async/i.test(call.expression.getText());
}

/** `retry(3)`, `retry({ count: 3, delay: 1000 })` of RxJS. */
function observableRetry(call: ts.CallExpression): Steady | undefined {
  const [first] = call.arguments;
  const value = first && unwrap(first);
  if (value === undefined) return { kind: 'none', place: call.expression };
  if (!ts.isObjectLiteralExpression(value)) {
    const count = constant(value)?.value;
    return typeof count === 'number' && count > 1 ? { kind: 'none', place: call.expression } : undefined;
  }
  const count = option(value, 'count');
  const times = count.kind === 'given' ? constant(count.value)?.value : Number.POSITIVE_INFINITY;
  if (count.kind === 'unknown' || (typeof times === 'number' && times < 2)) return undefined;
  const delay = option(value, 'delay');
  if (delay.kind === 'absent') return { kind: 'none', place: call.expression };
  return delay.kind === 'given' ? steadyTime(unwrap(delay.value), delay.property) : undefined;
}

/** `{ attempts: 5 }` for all jobs of a queue. */
function triedAtOnce(settings: ts.Node, place: ts.Node): Steady | undefined {
  const attempts = option(settings, 'attempts');
  const count = attempts.kind === 'given' ? constant(attempts.value)?.value : undefined;
  const isOften = typeof count === 'number' && count > 2;
  return isOften && option(settings, 'backoff').kind === 'absent' ? { kind: 'none', place } : undefined;
}

/** `{ type: 'fixed', delay: 1000 }`, without a part that is random. */
function fixedBackoff(settings: ts.ObjectLiteralExpression, place: ts.Node): Steady | undefined {
  const type = option(settings, 'type');
  const delay = option(settings, 'delay');
  if (type.kind !== 'given' || constant(type.value)?.value !== 'fixed' || delay.kind !== 'given') return undefined;
  return option(settings, 'jitter').kind === 'absent' ? steadyTime(unwrap(delay.value), place) : undefined;
}

function steadyTime(value: ts.Node, place: ts.Node): Steady | undefined {
  const time = constant(value)?.value;
  return typeof time === 'number' && isTogether(time) ? { kind: 'constant', place } : undefined;
}

const isTogether = (time: number): boolean => time >= SHORTEST && time < LONGEST;

/** `() => 1000`, `(times) => (times > 5 ? null : 1000)`: one number, or the end. */
function steadyFunction(fn: FunctionNode, place: ts.Node, zeroIsAtOnce: boolean): Steady | undefined {
  const times = new Set<number>();
  let isClear = true;
  const read = (node: ts.Node): void => {
    const value = unwrap(node);
    if (ts.isConditionalExpression(value)) {
      read(value.whenTrue);
      read(value.whenFalse);
      return;
    }
    const known = constant(value);
    if (typeof known?.value === 'number') times.add(known.value);
    else if (known === undefined && !ts.isNewExpression(value)) isClear = false;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) {
      if (node.expression !== undefined) read(node.expression);
    } else if (!isFunctionWithBody(node)) ts.forEachChild(node, visit);
  };
  if (fn.body === undefined) return undefined;
  if (ts.isBlock(fn.body)) visit(fn.body);
  else read(fn.body);
  if (!zeroIsAtOnce) times.delete(0);
  const [time, more] = times;
  if (!isClear || time === undefined || more !== undefined) return undefined;
  if (time === 0) return { kind: 'none', place };
  return isTogether(time) ? { kind: 'constant', place } : undefined;
}
