import { type FileHeader, ts } from '#api';
import { calledName, propertyKey } from '../../_shared/calls.ts';
import { isFallback } from '../../_shared/operators.ts';
import { mentionsVariable } from './variables.ts';

/** How an address is used: as it is, or for want of a setting. */
export type Use = { readonly kind: 'endpoint' | 'fallback'; readonly name: string | undefined };

/** Names of what holds an address that the program talks to. */
const HOLDER =
  /ur[li]s?$|^(?:ur[li]|api|base|host|hostname|endpoint|server|backend|gateway|webhook)|host$|endpoint$|server$|_(?:URL|URI|HOST|ENDPOINT)$|address$|backend$|^connectionString$/i;
/** Names under which an address is shown, allowed, or written for people. */
const SHOWN =
  /placeholder|example|sample|description|label|title|hint|help|cors|allow|whitelist|trusted|origins?$|test|mock|dev|local|debug|default|fallback|dummy|issuer|referr?er|swagger|openapi|^servers?$/i;
const OUTBOUND =
  /^(?:global#fetch|axios(?:#(?:get|post|put|patch|delete|head|request))?|got(?:#.*)?|ky(?:#.*)?|undici#(?:fetch|request)|node-fetch(?:#default)?|superagent#\w+|global#(?:WebSocket|EventSource)|ws(?:#WebSocket)?|socket\.io-client(?:#(?:io|connect))?|https?#(?:get|request)|mongoose#connect|mongodb#MongoClient|redis#createClient|ioredis(?:#Redis)?|amqplib#connect)$/;
const READS_OF_ENVIRONMENT = /^(?:get|env|getEnv|get_env|getenv|optional)$/;

/** How a literal is used, by what stands around it; `undefined` where it is no endpoint of the program, or cannot be told. */
export function useOf(literal: ts.Node, header: FileHeader): Use | undefined {
  let at = literal;
  for (let steps = 0; steps < 12; steps++) {
    const { parent } = at;
    if (isTransparent(parent) || (ts.isConditionalExpression(parent) && parent.condition !== at)) at = parent;
    else if (ts.isBinaryExpression(parent)) {
      const { kind } = parent.operatorToken;
      if (isFallback(kind)) {
        if (parent.right === at && mentionsVariable(parent.left, header)) return fallbackAt(parent);
        if (parent.right === at) return undefined;
      } else if (kind === ts.SyntaxKind.EqualsToken) {
        const use = parent.right === at ? holder(lastName(parent.left)) : undefined;
        // `if (url === undefined) url = …`
        return use !== undefined && isInCondition(parent) ? { ...use, kind: 'fallback' } : use;
      } else if (kind !== ts.SyntaxKind.PlusToken || parent.left !== at) return undefined;
      at = parent;
    } else if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) {
      return parent.initializer === at ? holder(lastName(parent.name)) : undefined;
    } else if (ts.isPropertyAssignment(parent)) {
      return isShownAbove(parent) ? undefined : holder(propertyKey(parent.name));
    } else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return useInCall(parent, at, header);
    else return undefined;
  }
  return undefined;
}

function isInCondition(assignment: ts.Node): boolean {
  const { parent } = assignment.parent;
  return ts.isIfStatement(parent) || (ts.isBlock(parent) && ts.isIfStatement(parent.parent));
}

/** Origins that may call are no addresses that the program calls. */
function fallbackAt(node: ts.Node): Use | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined && !ts.isStatement(at); at = at.parent) {
    const name = ts.isPropertyAssignment(at)
      ? propertyKey(at.name)
      : ts.isVariableDeclaration(at)
        ? lastName(at.name)
        : undefined;
    if (name !== undefined && /cors|origin|allow/i.test(name)) return undefined;
  }
  return { kind: 'fallback', name: undefined };
}

function isTransparent(node: ts.Node): boolean {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node)
  );
}

function holder(name: string | undefined): Use | undefined {
  return name !== undefined && HOLDER.test(name) && !SHOWN.test(name) ? { kind: 'endpoint', name } : undefined;
}

/** Within objects that are examples, documents, or settings of development. */
function isShownAbove(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined && !ts.isStatement(at); at = at.parent) {
    const name = ts.isPropertyAssignment(at)
      ? propertyKey(at.name)
      : ts.isVariableDeclaration(at)
        ? lastName(at.name)
        : ts.isCallExpression(at)
          ? calledName(at)
          : undefined;
    if (name !== undefined && SHOWN.test(name)) return true;
  }
  return false;
}

function useInCall(call: ts.CallExpression | ts.NewExpression, at: ts.Node, header: FileHeader): Use | undefined {
  const index = call.arguments?.indexOf(at as ts.Expression);
  const name = calledName(call) ?? '';
  // `config.get('API_URL', 'http://localhost')`, `z.string().default('http://localhost')`
  if (index === 1 && ts.isCallExpression(call) && READS_OF_ENVIRONMENT.test(name)) return fallbackAt(call);
  if (index === 0 && name === 'default') return fallbackAt(call);
  return index === 0 && OUTBOUND.test(header.resolve(call.expression) ?? '')
    ? { kind: 'endpoint', name: undefined }
    : undefined;
}

function lastName(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return node.text.replace(/^[#_]+/, '');
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isStringLiteralLike(node) ? node.text : undefined;
}
