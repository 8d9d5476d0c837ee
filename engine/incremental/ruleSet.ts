import type { Facet, FacetDefinition } from '../api/facet.ts';
import type { FunctionNode, KindName, Listeners } from '../api/kinds.ts';
import type {
  FactContext,
  FileContext,
  NodeContext,
  RegisteredRule,
  ScopedContext,
  SourceComment,
} from '../api/rule.ts';
import { ts } from '../ts.ts';
import { HandlerTable } from './handlerTable.ts';
import { testOf } from './nameTests.ts';

type AnyListener = (node: ts.Node, ctx: unknown) => unknown;

/** One listener in the dispatch table. */
export interface Handler {
  readonly run: AnyListener;
  /** Index into `RuleSet.rules`, -1 for a facet's collector. */
  readonly rule: number;
  /** Where its facts go; -1 for a node check, which reports. */
  readonly slot: number;
  /** Names of nodes it is for; all when there is none. */
  readonly isFor: ((name: string) => boolean) | undefined;
  /** It is for nodes named like an import as well. */
  readonly isForImports: boolean;
}

export interface FunctionCheck {
  readonly rule: number;
  readonly slot: number;
  check(fn: FunctionNode, ctx: ScopedContext<string, unknown, unknown>): void;
}

/** Decides about the facts of a file one by one, or those of one function together. */
export interface FactCheck {
  readonly rule: number;
  readonly slot: number;
  readonly each: ((fact: unknown, ctx: FactContext<string, unknown>) => void) | undefined;
  readonly eachFunction: ((facts: readonly unknown[], ctx: FactContext<string, unknown>) => void) | undefined;
}

/** Looks at comments that hold one of some words. */
export interface CommentCheck {
  readonly rule: number;
  readonly holding: readonly string[];
  check(comment: SourceComment, ctx: NodeContext<string, unknown>): void;
}

export interface FileCheck {
  readonly rule: number;
  readonly slot: number;
  check(ctx: FileContext<string, unknown, unknown>): void;
}

export interface FacetSlot {
  readonly facet: FacetDefinition<unknown, unknown>;
  readonly slot: number;
}

/** A rule with the options that apply to the file. */
export interface ConfiguredRule {
  readonly rule: RegisteredRule;
  readonly options: unknown;
}

/** Rules compiled for one configuration: which listeners run for which kind of node. */
export interface RuleSet {
  readonly rules: readonly ConfiguredRule[];
  /** Collectors and node checks share one walk. */
  readonly table: HandlerTable;
  readonly functionChecks: readonly FunctionCheck[];
  readonly factChecks: readonly FactCheck[];
  readonly fileChecks: readonly FileCheck[];
  readonly commentChecks: readonly CommentCheck[];
  readonly facets: readonly FacetSlot[];
}

/** Compiles rules and facets, for test files or for all others. Done once per configuration, not per file. */
export function compileRules(
  rules: readonly ConfiguredRule[],
  facets: readonly Facet<unknown>[],
  isTest: boolean,
): RuleSet {
  const byKind = new Map<ts.SyntaxKind, Handler[]>();
  const functionChecks: FunctionCheck[] = [];
  const factChecks: FactCheck[] = [];
  const fileChecks: FileCheck[] = [];
  const commentChecks: CommentCheck[] = [];
  const facetSlots: FacetSlot[] = [];
  let slots = 0;

  const listen = (listeners: Listeners<never, unknown>, rule: number, slot: number): void => {
    for (const [kind, listener] of Object.entries(listeners)) {
      const index = ts.SyntaxKind[kind as KindName];
      const handler: Handler =
        typeof listener === 'function'
          ? { run: listener as AnyListener, rule, slot, isFor: undefined, isForImports: true }
          : {
              run: listener.listen as AnyListener,
              rule,
              slot,
              isFor: testOf(listener.named),
              isForImports: listener.imported === true,
            };
      const handlers = byKind.get(index);
      if (handlers === undefined) byKind.set(index, [handler]);
      else handlers.push(handler);
    }
  };

  rules.forEach(({ rule }, index) => {
    if (rule.comment !== undefined) commentChecks.push({ rule: index, ...rule.comment });
    if (rule.node !== undefined) listen(rule.node.on, index, -1);
    if (rule.function !== undefined) {
      const slot = slots++;
      listen(rule.function.collect, index, slot);
      functionChecks.push({ rule: index, slot, check: rule.function.check });
    }
    if (rule.file !== undefined) {
      const slot = slots++;
      listen(rule.file.collect, index, slot);
      const { each, eachFunction } = rule.file;
      if (each !== undefined || eachFunction !== undefined) factChecks.push({ rule: index, slot, each, eachFunction });
      if (rule.file.check !== undefined) fileChecks.push({ rule: index, slot, check: rule.file.check });
    }
  });
  for (const facet of facets) {
    const definition = facet as unknown as FacetDefinition<unknown, unknown>;
    if (definition.fold === undefined || (isTest && definition.skipsTests === true)) continue;
    const slot = slots++;
    if (definition.collect !== undefined) listen(definition.collect, -1, slot);
    if (isTest && definition.collectInTests !== undefined) listen(definition.collectInTests, -1, slot);
    facetSlots.push({ facet: definition, slot });
  }
  const table = new HandlerTable(byKind);
  return { rules, table, functionChecks, factChecks, fileChecks, commentChecks, facets: facetSlots };
}
