import type { FunctionNode } from '../api/kinds.ts';
import type { FileContext, NodeContext, Report, ScopedContext } from '../api/rule.ts';
import { type FoldedScope, viewScope } from '../flow/factScope.ts';
import { fileNames, findDeclaration, scopedResolve } from '../flow/lookup.ts';
import type { ts } from '../ts.ts';
import type { SourceRun } from './analyzeSource.ts';
import type { KeyedHeader } from './header.ts';
import { spanOf } from './place.ts';
import type { Sink } from './unitCache.ts';

/** Exact name lookup inside one function or file, shared by the rules that check it. */
export type Surroundings = Pick<ScopedContext<string, unknown, unknown>, 'header' | 'lookup'>;

/** What rules are handed in one walk over one tree: made once per rule, where it may look and where it reports. */
export class RuleContexts {
  /** For collectors of facets, which belong to no rule. */
  readonly collector: { readonly path: string; readonly header: KeyedHeader };
  /** Where findings go now. */
  sink: Sink;
  private readonly run: SourceRun;
  private readonly known: NodeContext<string, unknown>[] = [];

  constructor(run: SourceRun, sink: Sink) {
    this.run = run;
    this.sink = sink;
    this.collector = { path: run.path, header: run.header };
  }

  /** For node checks and collectors. */
  of(rule: number): NodeContext<string, unknown> {
    const known = this.known[rule];
    if (known !== undefined) return known;
    const { path, header, providers, rules } = this.run;
    const made = { path, header, options: rules.rules[rule]?.options, providers, report: this.reporter(rule) };
    this.known[rule] = made;
    return made;
  }

  /** For function checks. */
  scoped(
    rule: number,
    folded: FoldedScope,
    slot: number,
    { header, lookup }: Surroundings,
  ): ScopedContext<string, unknown, unknown> {
    const { path, options, providers, report } = this.of(rule);
    return { path, options, providers, report, header, scope: viewScope(folded, slot), lookup };
  }

  /** Lookup that sees no further than one function, or one file. */
  surroundings(limit: ts.SourceFile | FunctionNode): Surroundings {
    return {
      header: { ...this.run.header, resolve: scopedResolve(limit, this.run.header) },
      lookup: (identifier) => findDeclaration(identifier, limit),
    };
  }

  /** For file checks. */
  file(rule: number, root: FoldedScope, slot: number): FileContext<string, unknown, unknown> {
    return {
      ...this.scoped(rule, root, slot, this.surroundings(this.run.file)),
      ...fileNames(this.run.file),
      file: this.run.file,
    };
  }

  private reporter(rule: number): Report<string> {
    const { file, rules } = this.run;
    const id = rules.rules[rule]?.rule.id ?? '';
    return (at, messageId, data = {}, extra = {}) => {
      const { base, findings } = this.sink;
      const place = spanOf(at, file, base);
      const related = (extra.related ?? []).map(({ at: other, label }) => ({ span: spanOf(other, file, base), label }));
      findings.push({ rule: id, messageId, ...place, data, related });
    };
  }
}
