import { type FunctionNode, ts } from '#api';
import { isFunctionWithBody } from '../../enclosing.ts';
import { returnedBy } from '../handlerFunctions.ts';
import { endsRequest } from './endsRequest.ts';
import type { FunctionFacts, Hint, Value } from './facts.ts';
import { mayAnswer } from './mayAnswer.ts';
import type { ValueReader } from './readValues.ts';
import { makerOf, type Trace } from './trace.ts';
import type { WebFact } from './webFact.ts';

const NO_HINTS: readonly Hint[] = [];

interface Wanted {
  hints: readonly Hint[];
  makes: boolean;
  socket: boolean;
  readonly returns: Value[];
}

/**
 * What can be told of the functions that fill applications, make them, or handle requests. Call after all values are read.
 * @param facts those of the trace that tell something, in source order
 */
export function readFunctions(
  trace: Trace,
  facts: readonly WebFact[],
  reader: ValueReader,
): Readonly<Record<string, FunctionFacts>> {
  const wanted = new Map<ts.Node, Wanted>();
  const want = (fn: ts.Node): Wanted => {
    let entry = wanted.get(fn);
    if (entry === undefined) {
      entry = { hints: NO_HINTS, makes: false, socket: false, returns: [] };
      wanted.set(fn, entry);
    }
    return entry;
  };
  const known = new Set(reader.functions.values());
  const isReachable = (fn: ts.Node): boolean => known.has(fn) || isExportable(fn);
  for (const handler of [...trace.returned].sort((a, b) => a.pos - b.pos)) {
    const maker = makerOf(handler);
    if (maker === undefined) continue;
    want(maker).returns.push(reader.value(handler));
    want(handler);
  }
  for (const fact of facts) if (fact.kind === 'socket' && isReachable(fact.node)) want(fact.node).socket = true;
  for (const handler of trace.handlers) if (isReachable(handler)) want(handler);
  for (const { fn, acts, hints } of trace.functions) {
    if (acts && (known.has(fn) || reader.keys.isNamed(fn))) want(fn).makes = true;
    if (hints.length > 0 && isReachable(fn)) want(fn).hints = hints;
  }
  for (const fn of known) {
    if (ts.isMethodDeclaration(fn) && returnsMember(fn)) want(fn).makes = true;
    if (ts.isFunctionLike(fn) && takesRequestAlone(fn)) want(fn);
  }
  const functions: [string, FunctionFacts][] = [];
  for (const [fn, { hints, makes, socket, returns }] of wanted) {
    if (!isFunctionWithBody(fn)) continue;
    const values = makes ? [...returns, ...returnedBy(fn).map(reader.value)] : returns;
    const told = values.filter(({ is }) => is !== 'unknown' && is !== 'text');
    const alone = factsOf(fn, hints, socket);
    functions.push([reader.keys.of(fn), told.length === 0 ? alone : { ...alone, returns: told }]);
  }
  return Object.fromEntries(functions.sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Alone {
  readonly hints: readonly Hint[];
  readonly socket: boolean;
  readonly facts: FunctionFacts;
}

/** What was told of functions that give back nothing (cache: functions of services). */
const kept = new WeakMap<FunctionNode, Alone>();

/** What can be told of a function without those that it rests on. */
function factsOf(fn: FunctionNode, hints: readonly Hint[], socket: boolean): FunctionFacts {
  const known = kept.get(fn);
  if (known !== undefined && known.hints === hints && known.socket === socket) return known.facts;
  const facts: FunctionFacts = {
    parameters: fn.parameters.length,
    ...(socket && { takesSocket: true }),
    ...(takesError(fn) && { takesError: true }),
    ...(endsRequest(fn) ? { ends: true } : mayAnswer(fn) && { answers: true }),
    ...(hints.length > 0 && { hints }),
  };
  kept.set(fn, { hints, socket, facts });
  return facts;
}

/** A function that other files, or a registration by name, can reach. */
function isExportable(fn: ts.Node): boolean {
  if (ts.isFunctionDeclaration(fn) || ts.isMethodDeclaration(fn)) return true;
  return ts.isVariableDeclaration(fn.parent) || ts.isPropertyDeclaration(fn.parent) || ts.isExportAssignment(fn.parent);
}

/** `getServer() { return this.app; }`. */
function returnsMember(fn: ts.MethodDeclaration): boolean {
  const [only, ...others] = fn.body?.statements ?? [];
  return others.length === 0 && only !== undefined && ts.isReturnStatement(only);
}

/** A hook of Fastify that only looks. */
function takesRequestAlone({ parameters: [first, second] }: ts.SignatureDeclaration): boolean {
  if (second !== undefined || first === undefined || !ts.isIdentifier(first.name)) return false;
  return /^_*req(?:uest)?$/.test(first.name.text);
}

function takesError({ parameters }: ts.SignatureDeclaration): boolean {
  const [first] = parameters;
  return (
    first !== undefined && ts.isIdentifier(first.name) && /^_*(?:err|error|e|ex|exception)$/i.test(first.name.text)
  );
}
