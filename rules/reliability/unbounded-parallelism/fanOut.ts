import { type FileHeader, type FunctionNode, ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { outboundCall } from '../../_shared/web/outboundCall.ts';

/** Names are followed this many times. */
const MAX_DEPTH = 4;

/** Lists that were cut, or are short by what they hold. */
const SHORT =
  /chunk|batch|slice|page|part|group|provider|service|host|endpoint|source|region|locale|lang|chain|network|plugin|type|categor|env|config|option|choice|top|latest|recent|default|static|sample|peer|node|replica|shard|tab/i;
/** What bounds how much happens at once, or how long a list is. */
const BOUNDS = /limit|queue|throttl|semaphore|acquire|concurren|pool|mutex|\btake\b|\bslice\(|\.splice\(|\bfirst\b/i;

/** What gives back a list about as long. */
const KEEPS: ReadonlySet<string> = new Set(['filter', 'map', 'flatMap', 'concat', 'sort', 'toSorted', 'reverse']);
/** What reads as many as there are: from a database, a folder, another service. */
const READS: ReadonlySet<string> = new Set(['find', 'findMany', 'findAll', 'getMany', 'toArray', 'readdir', 'json']);

/** Requests that all start at once. */
export interface FanOut {
  readonly all: ts.CallExpression;
  /** `urls` of `urls.map(…)`. */
  readonly list: ts.Expression;
  readonly callback: FunctionNode;
}

/** By syntax and header: `Promise.all(list.map(callback))` whose callback asks another service. */
export function fanOutOf(all: ts.CallExpression, header: FileHeader): FanOut | undefined {
  const waiting = memberCall(all);
  const [argument] = all.arguments;
  if (argument === undefined || (waiting?.name !== 'all' && waiting?.name !== 'allSettled')) return undefined;
  if (waiting.receiver.getText() !== 'Promise') return undefined;
  const walk = unwrap(argument);
  const member = ts.isCallExpression(walk) ? memberCall(walk) : undefined;
  const first = ts.isCallExpression(walk) ? walk.arguments[0] : undefined;
  const callback = first && unwrap(first);
  if (member?.name !== 'map' || callback === undefined || !isFunctionWithBody(callback)) return undefined;
  if (callback.parameters.length === 0 || BOUNDS.test(all.getText()) || !asks(callback, header)) return undefined;
  return { all, list: member.receiver, callback };
}

/** Whether a request is sent in the callback itself. */
function asks(callback: FunctionNode, header: FileHeader): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node) && outboundCall(node, header) !== undefined) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return callback.body !== undefined && visit(callback.body);
}

/** Whether a list may be of any length; where that cannot be told, or somebody cut it, it may not. */
export function isOfAnyLength(list: ts.Node, source: SourceView, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const node = unwrap(list);
  if (ts.isAwaitExpression(node)) return isOfAnyLength(node.expression, source, depth + 1);
  if (ts.isCallExpression(node)) {
    const member = memberCall(node);
    // `readdir` by its imported name.
    if (member === undefined) return calledName(node) === 'readdir';
    if (KEEPS.has(member.name)) return isOfAnyLength(member.receiver, source, depth + 1);
    return READS.has(member.name) && !BOUNDS.test(node.getText());
  }
  if (isShort(node)) return false;
  if (ts.isPropertyAccessExpression(node)) return isSent(node) || isAnswered(node, source);
  if (!ts.isIdentifier(node)) return false;
  const declaration = source.lookup(node);
  if (declaration === undefined) return false;
  if (ts.isParameter(declaration)) return isList(declaration.type);
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return false;
  return isOfAnyLength(declaration.initializer, source, depth + 1);
}

/** By the name of the list: cut, or a constant. */
function isShort(node: ts.Node): boolean {
  const text = node.getText();
  return SHORT.test(text) || BOUNDS.test(text) || /^[A-Z][A-Z0-9_]+$/.test(text);
}

/** `answer.data`, of what was waited for. */
function isAnswered({ expression, name }: ts.PropertyAccessExpression, source: SourceView): boolean {
  const base = unwrap(expression);
  if (!ts.isIdentifier(base) || !/^(?:data|items|results|rows|records)$/.test(name.text)) return false;
  const declaration = source.lookup(base);
  const value =
    declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value !== undefined && ts.isAwaitExpression(unwrap(value)) && !BOUNDS.test(value.getText());
}

/** `req.body.urls`: as long as the client likes. */
function isSent(node: ts.PropertyAccessExpression): boolean {
  return /^(?:req|request|ctx\.request|event)\.body\b/.test(node.getText());
}

/** `urls: string[]`; without a type it may be anything. */
function isList(type: ts.TypeNode | undefined): boolean {
  if (type === undefined) return false;
  if (ts.isTypeOperatorNode(type)) return isList(type.type);
  if (ts.isArrayTypeNode(type)) return true;
  return ts.isTypeReferenceNode(type) && /^(?:Readonly)?Array$/.test(type.typeName.getText());
}
