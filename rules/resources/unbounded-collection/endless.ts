import { type FunctionNode, ts, unwrap } from '#api';
import { constant } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { workAround } from '../../_shared/web/workFunctions.ts';
import type { Collection, Growth } from './collections.ts';

/** Keys of which there are only so many. */
const FEW =
  /locale|lang|type|kind|method|status|level|theme|currenc|countr|role|format|template|event|channel|topic|name$|route|path|model|table|version|env/i;
/** Keys of which there always is one more. */
const ENDLESS = /(?:^|[a-z_])(?:id|ip|token|email|phone|jti|uuid|address)$|^(?:id|ip|token|email|phone|jti|uuid)$/i;

/** Functions that run once. */
const STARTS = /^(?:constructor|init\w*|setup\w*|register\w*|on(?:Module|Application)\w*|load\w*|start|configure\w*)$/i;

/** Decorators of classes of which NestJS makes one for the whole process. */
const SINGLE = new Set(['Injectable', 'Controller', 'WebSocketGateway', 'Resolver']);
/** Decorators of methods that NestJS calls for each request or message. */
const SERVES = new Set([
  'Get',
  'Post',
  'Put',
  'Patch',
  'Delete',
  'All',
  'SubscribeMessage',
  'MessagePattern',
  'EventPattern',
]);

/** What makes a collection grow as long as the process lives. */
export type Occasion = 'request' | 'message' | 'job' | 'call';

/** When something is added to a collection, again and again; `undefined` when that may come to an end. */
export function occasionOf({ node, key }: Growth, collection: Collection, source: SourceView): Occasion | undefined {
  if (key !== undefined && isLimited(key, source)) return undefined;
  const owner = collection.scope;
  if (ts.isSourceFile(owner) || isStatic(collection)) {
    const work = workAround(node, source);
    if (work !== undefined) return work === 'socket' ? 'message' : work;
  }
  if (ts.isSourceFile(owner)) return undefined;
  const method = methodAround(node, owner);
  if (method === undefined || STARTS.test(functionName(method))) return undefined;
  const isLasting = isStatic(collection) || isSingle(owner, source);
  const served = isLasting ? servedAs(method, source) : undefined;
  if (served !== undefined || !isLasting) return served;
  return key !== undefined && isEndlessParameter(key, method, source) ? 'call' : undefined;
}

function isStatic({ declaration }: Collection): boolean {
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Static) !== 0;
}

function isLimited(key: ts.Expression, source: SourceView): boolean {
  const node = unwrap(key);
  const value = ts.isIdentifier(node) ? initialValue(node, source) : node;
  if (value !== undefined && ts.isExpression(value) && constant(value) !== undefined) return true;
  const text = node.getText();
  const last = /(\w+)\W*$/.exec(text)?.[1] ?? text;
  return FEW.test(last);
}

/** One object of it lives as long as the process. */
function isSingle(owner: ts.ClassLikeDeclaration, { header }: SourceView): boolean {
  return (ts.getDecorators(owner) ?? []).some(({ expression }) => {
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    const [module, name] = header.resolve(callee)?.split('#') ?? [];
    // A provider that is made for each request takes its collection along.
    return module?.startsWith('@nestjs/') === true && SINGLE.has(name ?? '') && !/Scope\./.test(expression.getText());
  });
}

function methodAround(node: ts.Node, owner: ts.ClassLikeDeclaration): FunctionNode | undefined {
  for (let up = node.parent; up !== undefined && up !== owner; up = up.parent) {
    if (up.parent === owner && isFunctionWithBody(up)) return up;
    if (ts.isPropertyDeclaration(up) && up.initializer !== undefined && isFunctionWithBody(up.initializer)) {
      return up.initializer;
    }
  }
  return undefined;
}

function servedAs(method: FunctionNode, { header }: SourceView): Occasion | undefined {
  if (!ts.isMethodDeclaration(method)) return undefined;
  for (const { expression } of ts.getDecorators(method) ?? []) {
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    const [module, name = ''] = header.resolve(callee)?.split('#') ?? [];
    if (module?.startsWith('@nestjs/') !== true || !SERVES.has(name)) continue;
    return /Message|Pattern/.test(name) ? 'message' : 'request';
  }
  return undefined;
}

/** `userId`, a parameter of the method. */
function isEndlessParameter(key: ts.Expression, method: FunctionNode, source: SourceView): boolean {
  const node = unwrap(key);
  if (!ts.isIdentifier(node) || !ENDLESS.test(node.text)) return false;
  const declaration = source.lookup(node);
  return declaration !== undefined && ts.isParameter(declaration) && declaration.parent === method;
}
