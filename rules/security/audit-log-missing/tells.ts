import { type FunctionNode, ts, unwrap } from '#api';
import { calledName, memberAccess, memberCall } from '../../_shared/calls.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { functionOf } from '../../_shared/functionOf.ts';
import { logCall } from '../../_shared/loggers.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { webRole } from '../../_shared/web/handlerRoles.ts';
import { has, set } from '../../_shared/words.ts';
import { modelName, recordOf } from './deeds.ts';

/** Functions of the file are followed this far. */
const MAX_DEPTH = 3;

/** Words with which names begin of what only looks something up, checks it, or makes a value. */
const HARMLESS = set(
  'get is has can auth current find fetch load read check validate verify assert require ensure parse safe hash compare generate format to ' +
    'from count exists select sign decode encode normalize sanitize build make omit pick authorize authenticate guard ' +
    'with assign throw next redirect revalidate equals includes',
);
/** Methods of values and of what queries give back. */
const VALUES = set(
  'map filter some every reduce forEach sort join split slice splice concat push pop shift unshift reverse flat keys values entries trim ' +
    'toString toLowerCase toUpperCase toISOString toObject toJSON startsWith endsWith replace replaceAll match test indexOf at ' +
    'set delete clear then catch finally populate lean exec session cookies json text formData throw floor round max min random ' +
    'stringify status send sendStatus end code header type render cookie clearCookie isValid flash param query valid',
);
/** Models that keep a record, and what hands things over to it. */
const RECORDER = /audit|log(?!in|out|ic)|event|histor|activit|journal|trail|outbox|queue/i;
/** What is thrown, or sent to the client. */
const MAKES_ANSWER = /(?:Error|Exception|Response|Result|Reply|Handler|Id|Found|Forbidden|Unauthorized|BadRequest)$/;
/** Names with which something is told to others. */
const TELLING = set('emit publish dispatch track capture record report notify send enqueue broadcast trigger fire');

/**
 * Whether a function writes down what is done in it, or may do so through something that cannot be read here. What it says
 * where it fails is no record of what it did.
 */
export function mayTell(fn: FunctionNode, source: SourceView, depth = 0): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isCatchClause(node)) return false;
    if (ts.isCallExpression(node) && callTells(node, source, depth)) return true;
    if (ts.isNewExpression(node) && constructionTells(node, source)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return fn.body !== undefined && visit(fn.body);
}

function callTells(call: ts.CallExpression, source: SourceView, depth: number): boolean {
  const { header } = source;
  if (logCall(call, header, source) !== undefined) return true;
  const query = dataCall(call, source);
  if (query !== undefined) return query.access === 'publish' || RECORDER.test(modelName(query.target));
  const name = calledName(call);
  if (name === undefined) return true;
  if (RECORDER.test(call.expression.getText())) return true;
  const role = roleBehind(call, source);
  if (role === 'response') return false;
  if (has(nameWords(name), TELLING)) return true;
  if (role === 'request') return false;
  const reference = header.resolve(call.expression);
  if (isPackage(reference) || isHarmless(name)) return false;
  const member = memberCall(call);
  if (member !== undefined) return !isRecord(member.receiver, source);
  const own = ts.isIdentifier(call.expression) ? functionOf(source.lookup(call.expression)) : undefined;
  if (own === undefined || !isFunctionWithBody(own)) return true;
  return depth >= MAX_DEPTH || mayTell(own, source, depth + 1);
}

function isHarmless(name: string): boolean {
  return VALUES.has(name) || HARMLESS.has(nameWords(name)[0] ?? '') || MAKES_ANSWER.test(name);
}

/**
 * Whether a call is one of the request or the response, or is given the response: `res.status(204).end()`, `req.get('host')`,
 * `sendJson(res, user)`.
 */
function roleBehind(call: ts.CallExpression, source: SourceView): string | undefined {
  const isGiven = call.arguments.some((argument) => roleOf(unwrap(argument), source) === 'response');
  if (isGiven) return 'response';
  let at: ts.Node = unwrap(call.expression);
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return roleOf(at, source);
}

function roleOf(node: ts.Node, source: SourceView): string | undefined {
  const declaration = ts.isIdentifier(node) ? source.lookup(node) : undefined;
  return declaration && webRole(declaration, source)?.role;
}

/** A record that a query of this function gave: what it does is stored. */
function isRecord(receiver: ts.Expression, source: SourceView): boolean {
  const record = unwrap(receiver);
  return ts.isIdentifier(record) && recordOf(record, source) !== undefined;
}

function constructionTells({ expression }: ts.NewExpression, { header }: SourceView): boolean {
  const name = ts.isIdentifier(expression) ? expression.text : (memberAccess(expression)?.name ?? '');
  if (RECORDER.test(name)) return true;
  return !MAKES_ANSWER.test(name) && !isPackage(header.resolve(expression));
}

/** A package or the platform, which know nothing of this program's records. */
function isPackage(reference: string | undefined): boolean {
  return reference !== undefined && !/^(?:[./~#]|@\/)/.test(reference);
}
