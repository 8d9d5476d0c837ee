import { ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Names are followed this many times. */
const MAX_DEPTH = 4;

/** Lists that were cut, or are short by what they hold. */
const SHORT =
  /chunk|batch|slice|page|part|group|provider|service|host|endpoint|source|region|locale|lang|chain|network|plugin|type|categor|env|config|option|choice|top|latest|recent|default|static|sample|peer|node|replica|shard|tab/i;
/** What bounds how much happens at once, or how long a list is. */
const BOUNDS = /limit|queue|throttl|semaphore|acquire|concurren|pool|mutex|\btake\b|\bslice\(|\.splice\(|\bfirst\b/i;

/** What gives back a list about as long. */
const KEEPS: ReadonlySet<string> = new Set([
  'filter',
  'map',
  'flatMap',
  'concat',
  'sort',
  'toSorted',
  'reverse',
  'entries',
  'values',
]);
/** What reads as many as there are: from a database, a folder, another service. */
const READS: ReadonlySet<string> = new Set(['find', 'findMany', 'findAll', 'getMany', 'toArray', 'readdir', 'json']);

/** Whether code speaks of a limit, a queue or a part of a list. */
export function isBounded(code: ts.Node): boolean {
  return BOUNDS.test(code.getText());
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
    const [copied] = node.arguments;
    if (copied !== undefined && source.header.resolve(node.expression) === 'global#Array.from') {
      return isOfAnyLength(copied, source, depth + 1);
    }
    if (KEEPS.has(member.name)) return isOfAnyLength(member.receiver, source, depth + 1);
    return READS.has(member.name) && !isBounded(node);
  }
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.some((one) => ts.isSpreadElement(one) && isOfAnyLength(one.expression, source, depth + 1));
  }
  if (isShort(node)) return false;
  if (ts.isPropertyAccessExpression(node)) return isSent(node) || isAnswered(node, source);
  if (!ts.isIdentifier(node)) return false;
  const declaration = source.lookup(node);
  if (declaration === undefined) return false;
  if (ts.isParameter(declaration)) return isList(declaration.type);
  if (ts.isBindingElement(declaration)) return isList(typeOfElement(declaration, source));
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
  return value !== undefined && ts.isAwaitExpression(unwrap(value)) && !isBounded(value);
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
  return ts.isTypeReferenceNode(type) && /^(?:(?:Readonly)?(?:Array|Set)|Iterable)$/.test(type.typeName.getText());
}

/** `string[]` for `urls` of `({ urls }: { urls: string[] })`, or of a type of this file. */
function typeOfElement(element: ts.BindingElement, { lookupType }: SourceView): ts.TypeNode | undefined {
  const owner = element.parent.parent;
  const key = element.propertyName ?? element.name;
  if (!ts.isParameter(owner) || owner.type === undefined || !ts.isIdentifier(key)) return undefined;
  const { type } = owner;
  const named = ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? lookupType(type.typeName) : undefined;
  const shape = named !== undefined && ts.isTypeAliasDeclaration(named) ? named.type : (named ?? type);
  if (!ts.isTypeLiteralNode(shape) && !ts.isInterfaceDeclaration(shape)) return undefined;
  for (const member of shape.members) {
    if (ts.isPropertySignature(member) && member.name.getText() === key.text) return member.type;
  }
  return undefined;
}
