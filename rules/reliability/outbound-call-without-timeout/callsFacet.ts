import { type Anchor, type FactScope, type FileHeader, facet, ts, unwrap } from '#api';
import { calledName, memberAccess, memberCall, option } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import type { Lookup } from '../../_shared/sourceView.ts';
import { isLocal } from '../../_shared/web/localTarget.ts';
import { LIMITS, type Outbound, outboundCall, outboundClient } from '../../_shared/web/outboundCall.ts';
import { isServerFile } from '../../_shared/web/serverFile.ts';

/** Calls of a file that nothing in the file limits, and clients for which it sets a default. */
export interface FileCalls {
  readonly calls: readonly {
    readonly at: Anchor;
    readonly client: Outbound['client'];
    readonly role: Outbound['role'];
    /** As it is called in the source: `axios.get`. */
    readonly name: string;
  }[];
  readonly defaults: readonly Outbound['client'][];
}

type Fact =
  | { readonly kind: 'call'; readonly node: ts.CallExpression | ts.NewExpression; readonly of: Outbound }
  /** The function around watches the time, or aborts, by some other means. */
  | { readonly kind: 'limit' }
  /** `axios.defaults.timeout = …`, `options.signal = …` */
  | { readonly kind: 'set'; readonly root: string | undefined }
  | { readonly kind: 'default'; readonly client: Outbound['client'] };

/** What a timer does about a request that takes too long. */
const GIVING_UP = /^(?:rej(?:ect)?|abort|destroy|cancel|fail)/i;

/** Options that are set after their object was made. */
const SETTABLE = new Set(Object.values(LIMITS).flat());

/** Members that end a request which takes too long, or hand over what comes bit by bit. */
const LIMITING = new Set(['race', 'setTimeout', 'abort', 'cancel', 'getReader']);

/** Names of functions that give up on what they are given. */
const LIMITER = /time_?out|timed|deadline|circuit|breaker|abortable/i;

/** Outbound calls without a timeout, and the defaults that answer for them elsewhere. */
export const callsFacet = facet<Fact, FileCalls>({
  name: 'reliability/outboundCalls',
  skipsTests: true,
  collect: {
    CallExpression: (node, { header }): Fact | undefined => {
      const of = outboundCall(node, header);
      if (of !== undefined) return { kind: 'call', node, of };
      return limitOf(node, header);
    },
    NewExpression: (node, { header }): Fact | undefined => {
      const of = header.modules.has('pg') || header.modules.has('ioredis') ? outboundClient(node, header) : undefined;
      return of && { kind: 'call', node, of };
    },
    BinaryExpression: {
      named: (name) => name === 'fetch =' || (name.endsWith(' =') && SETTABLE.has(name.slice(0, -2))),
      listen: (node): Fact | undefined => {
        if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
        const target = memberAccess(node.left);
        if (target === undefined) return undefined;
        if (target.name === 'fetch') return { kind: 'default', client: 'fetch' };
        return SETTABLE.has(target.name) ? { kind: 'set', root: rootName(target.receiver) } : undefined;
      },
    },
  },
  fold(scope, ctx) {
    const defaults = new Set<Outbound['client']>();
    const set = new Set<string>();
    for (const fact of scope.all()) {
      if (fact.kind === 'default') defaults.add(fact.client);
      if (fact.kind !== 'set') continue;
      if (fact.root !== undefined) set.add(fact.root);
      // On axios itself, or on the configuration that an interceptor hands on.
      if (fact.root !== undefined && ctx.header.modules.has('axios') && /axios|config/i.test(fact.root)) {
        defaults.add('axios');
      }
    }
    const open = openCalls(scope, set, ctx.lookup, isServerFile(ctx.header));
    if (open.length === 0 && defaults.size === 0) return undefined;
    return {
      calls: open.map(({ node, of: { client, role } }) => ({
        at: ctx.at(node.expression),
        client,
        role,
        name: nameOf(node),
      })),
      defaults: [...defaults].sort(),
    };
  },
});

type CallFact = Extract<Fact, { kind: 'call' }>;

/** Calls of a scope and of those in it that nothing around them limits, in source order. */
function openCalls(
  scope: FactScope<Fact>,
  set: ReadonlySet<string>,
  lookup: Lookup,
  isServer: boolean,
): readonly CallFact[] {
  if (scope.facts.some((fact) => fact.kind === 'limit') && !ts.isSourceFile(scope.owner)) return [];
  const own = scope.facts.filter(
    (fact): fact is CallFact => fact.kind === 'call' && isOpen(fact, set, lookup, isServer),
  );
  const inner = scope.scopes.flatMap((nested) => openCalls(nested, set, lookup, isServer));
  return [...own, ...inner].sort((left, right) => left.node.pos - right.node.pos);
}

function isOpen({ node, of }: CallFact, set: ReadonlySet<string>, lookup: Lookup, isServer: boolean): boolean {
  const runsAnywhere = of.client === 'fetch' || of.client === 'axios';
  if (runsAnywhere && !isServer) return false;
  if (of.role === 'instance' && keptAs(node, set)) return false;
  const given = node.arguments ?? [];
  if (given.some(ts.isSpreadElement)) return false;
  if (of.role === 'call' && (isLocal(given[0], lookup) || isRequest(given[0], lookup))) return false;
  if (hasLimit(of, of.options === undefined ? undefined : given[of.options], set, lookup)) return false;
  return !isInsideLimiter(node);
}

/** True as well where the options cannot be seen. */
function hasLimit(
  { client }: Outbound,
  argument: ts.Node | undefined,
  set: ReadonlySet<string>,
  lookup: Lookup,
): boolean {
  let options = argument === undefined ? undefined : unwrap(argument);
  if (options !== undefined && ts.isIdentifier(options) && options.text !== 'undefined') {
    if (set.has(options.text)) return true;
    const declaration = lookup(options);
    if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) {
      return true;
    }
    options = unwrap(declaration.initializer);
  }
  if (client === 'fetch' && options !== undefined && asksForStream(options)) return true;
  return LIMITS[client].some((name) => option(options, name).kind !== 'absent');
}

/** `headers: { accept: 'text/event-stream' }`: meant to go on for as long as it likes. */
function asksForStream(options: ts.Node): boolean {
  const headers = option(options, 'headers');
  return headers.kind === 'given' && /event-stream/.test(headers.value.getText());
}

/** A `Request`, which brings its own signal. */
function isRequest(target: ts.Node | undefined, lookup: Lookup): boolean {
  const node = target && unwrap(target);
  if (node === undefined) return false;
  if (ts.isNewExpression(node)) return !/\bURL$/.test(node.expression.getText());
  // `event.request`, `context.req`
  if (ts.isPropertyAccessExpression(node)) return /^req(?:uest)?$/.test(node.name.text);
  if (!ts.isIdentifier(node)) return false;
  const declaration = lookup(node);
  if (declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
    const value = unwrap(declaration.initializer);
    return ts.isNewExpression(value) && isRequest(value, lookup);
  }
  return /req(?:uest)?$/i.test(node.text);
}

/** An instance whose defaults are set afterwards. */
function keptAs({ parent }: ts.Node, set: ReadonlySet<string>): boolean {
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return set.has(parent.name.text);
  if (ts.isBinaryExpression(parent)) return set.has(rootName(parent.left) ?? '');
  return ts.isPropertyDeclaration(parent) && ts.isIdentifier(parent.name) && set.has(parent.name.text);
}

/** `withTimeout(fetch(url), 5000)`, `pTimeout(() => axios.get(url))`, and a function that is called so. */
function isInsideLimiter(call: ts.Node): boolean {
  for (let node = call.parent; node !== undefined; node = node.parent) {
    if (ts.isCallExpression(node) && LIMITER.test(calledName(node) ?? '')) return true;
    const name = ts.isFunctionLike(node) || ts.isVariableDeclaration(node) ? node.name : undefined;
    if (name !== undefined && ts.isIdentifier(name) && LIMITER.test(name.text)) return true;
    if (ts.isCallExpression(node) && calledName(node) === 'race') return true;
  }
  return false;
}

function limitOf(call: ts.CallExpression, header: FileHeader): Fact | undefined {
  const member = memberCall(call);
  if (member === undefined) {
    const name = calledName(call);
    if (name === 'setGlobalDispatcher') return { kind: 'default', client: 'fetch' };
    return name === 'setTimeout' && givesUp(call.arguments[0]) ? { kind: 'limit' } : undefined;
  }
  if (LIMITING.has(member.name)) return { kind: 'limit' };
  const [first] = call.arguments;
  if (first !== undefined && ts.isStringLiteralLike(first) && first.text === 'timeout') return { kind: 'limit' };
  const sets = member.name === 'assign' && first !== undefined && memberAccess(unwrap(first))?.name === 'defaults';
  return sets && header.resolve(first)?.startsWith('axios') ? { kind: 'default', client: 'axios' } : undefined;
}

/** `setTimeout(() => reject(new Error('late')), 5_000)`, where `setTimeout(resolve, 5_000)` only waits. */
function givesUp(callback: ts.Node | undefined): boolean {
  if (callback === undefined || !isFunctionValue(callback)) return false;
  const visit = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) && GIVING_UP.test(calledName(node) ?? '')) || (ts.forEachChild(node, visit) ?? false);
  return visit(callback.body);
}

/** `api` for `api.defaults` and `this.api.defaults`. */
function rootName(expression: ts.Node): string | undefined {
  let node = unwrap(expression);
  for (;;) {
    if (ts.isIdentifier(node)) return node.text;
    const member = memberAccess(node);
    if (member === undefined) return undefined;
    const inner = unwrap(member.receiver);
    if (inner.kind === ts.SyntaxKind.ThisKeyword) return member.name;
    node = inner;
  }
}

function nameOf(node: ts.CallExpression | ts.NewExpression): string {
  const text = node.expression.getText().replace(/\s+/g, '');
  return ts.isNewExpression(node) ? `new ${text}` : text;
}
