import { type Anchor, type FunctionNode, facet, type SourceFacetContext, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { enclosingFunction, isFunctionValue } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import { exportsOf } from '../../_shared/moduleExports.ts';
import { importsService, serviceOf } from './services.ts';
import { isProtected, mayProtect, PROTECTS, type Wrapper, wrapperOf } from './wrappers.ts';

/** A call of a service that nothing in its file protects. */
export interface ServiceCall {
  readonly at: Anchor;
  readonly method: string;
  /** Name of the function that it stands in; empty at the top of the file. */
  readonly in: string;
}

/** What a file tells about calls of services and about what protects them. */
export interface ProtectionFacts {
  /** Exported functions that run others with retries or a breaker. */
  readonly wrappers: readonly Wrapper[];
  /** Calls that nothing in the file protects, by service. */
  readonly calls: Readonly<Record<string, readonly ServiceCall[]>>;
  /** Names of functions that are called where something protects them. */
  readonly protects: readonly string[];
}

type Fact =
  | { readonly kind: 'wrapper'; readonly fn: FunctionNode; readonly name: string }
  | { readonly kind: 'call'; readonly node: ts.CallExpression }
  | { readonly kind: 'use'; readonly node: ts.CallExpression };

/** Calls of services without retries of their own, and wrappers for them. */
export const protectionFacet = facet<Fact, ProtectionFacts>({
  name: 'reliability/protection',
  skipsTests: true,
  collect: {
    FunctionDeclaration: (fn): Fact | undefined =>
      fn.name !== undefined && fn.body !== undefined && mayProtect(fn.name.text)
        ? { kind: 'wrapper', fn, name: fn.name.text }
        : undefined,
    VariableDeclaration({ name, initializer }): Fact | undefined {
      if (!ts.isIdentifier(name) || initializer === undefined || !mayProtect(name.text)) return undefined;
      const fn = unwrap(initializer);
      return isFunctionValue(fn) ? { kind: 'wrapper', fn, name: name.text } : undefined;
    },
    AwaitExpression({ expression }, { header }): Fact | undefined {
      const node = unwrap(expression);
      if (!ts.isCallExpression(node)) return undefined;
      if (PROTECTS.test(node.expression.getText())) return { kind: 'use', node };
      return importsService(header) ? { kind: 'call', node } : undefined;
    },
    ReturnStatement({ expression }, { header }): Fact | undefined {
      const node = expression && unwrap(expression);
      if (node === undefined || !ts.isCallExpression(node)) return undefined;
      if (PROTECTS.test(node.expression.getText())) return { kind: 'use', node };
      return importsService(header) ? { kind: 'call', node } : undefined;
    },
  },
  fold(scope, ctx) {
    const facts = [...scope.all()];
    const { modules } = ctx.header;
    const known = facts.flatMap((fact) =>
      fact.kind === 'wrapper' ? (wrapperOf(fact.name, fact.fn, modules) ?? callerIn(fact, facts, ctx) ?? []) : [],
    );
    const exported = known.length === 0 ? new Map() : exportsOf(ctx.file.statements);
    const wrappers = known.filter(({ name }) => exported.has(name));
    const calls: Record<string, ServiceCall[]> = {};
    for (const fact of facts.sort((a, b) => placeOf(a) - placeOf(b))) {
      if (fact.kind !== 'call') continue;
      const service = serviceOf(fact.node, ctx);
      if (service === undefined || isProtected(fact.node, ctx.file.text)) continue;
      const around = enclosingFunction(fact.node);
      const list = calls[service] ?? [];
      calls[service] = list;
      const method = calledName(fact.node) ?? '';
      list.push({ at: ctx.at(fact.node), method, in: around === undefined ? '' : functionName(around) });
    }
    const protects = facts.flatMap((fact) => (fact.kind === 'use' ? namesIn(fact.node) : []));
    if (wrappers.length + Object.keys(calls).length + protects.length === 0) return undefined;
    return { wrappers, calls, protects: [...new Set(protects)].sort() };
  },
});

/** A function that makes one call of a service itself, with protection. */
function callerIn(
  { name, fn }: Extract<Fact, { readonly kind: 'wrapper' }>,
  facts: readonly Fact[],
  ctx: SourceFacetContext,
): Wrapper | undefined {
  const inside = facts.flatMap((fact) =>
    fact.kind === 'call' && fact.node.pos >= fn.pos && fact.node.end <= fn.end ? [fact.node] : [],
  );
  const found = new Set<string>();
  for (const call of inside) {
    const service = serviceOf(call, ctx);
    if (service !== undefined) found.add(`${service} ${calledName(call) ?? ''}`);
  }
  const [only, ...others] = found;
  return only === undefined || others.length > 0 ? undefined : { name, takesOne: false, only };
}

function placeOf(fact: Fact): number {
  return fact.kind === 'wrapper' ? fact.fn.pos : fact.node.pos;
}

/** Names of what a protecting call is given: functions, and what is called in them. */
function namesIn(call: ts.CallExpression): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.push(node.text);
    ts.forEachChild(node, visit);
  };
  for (const argument of call.arguments) visit(argument);
  return names;
}
