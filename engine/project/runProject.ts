import type { Anchor, Facet } from '../api/facet.ts';
import type { MessageData } from '../api/finding.ts';
import type { FileValue, Gateway, ProjectContext, ProviderRole, RegisteredRule } from '../api/rule.ts';
import type { ProjectIndex } from './projectIndex.ts';

/** A place in a file that moves with its text: resolved to a span only when it is shown. */
export interface AnchoredPlace {
  readonly path: string;
  readonly facet: string;
  readonly anchor: number;
}

/** A finding of a project check, without absolute offsets. */
export interface AnchoredFinding extends AnchoredPlace {
  readonly rule: string;
  readonly messageId: string;
  readonly data: MessageData;
  readonly related: readonly (AnchoredPlace & { readonly label: string })[];
}

export interface ProjectRun {
  readonly root: string;
  readonly index: ProjectIndex;
  readonly options: unknown;
  providers(role: ProviderRole, path: string): ReadonlySet<string>;
  gatewaysBefore(path: string): readonly Gateway[];
  resolveImport(from: string, specifier: string): string | undefined;
  exists(path: string): boolean;
  isIgnored(path: string): boolean;
}

/** Runs one rule's project check over the index. Throws what the rule throws. */
export function runProjectRule(rule: RegisteredRule, run: ProjectRun): readonly AnchoredFinding[] {
  const findings: AnchoredFinding[] = [];
  const { index } = run;
  const context: ProjectContext<string, unknown> = {
    root: run.root,
    options: run.options,
    providers: run.providers,
    gatewaysBefore: run.gatewaysBefore,
    resolveImport: run.resolveImport,
    exists: run.exists,
    isIgnored: run.isIgnored,
    all: <V>(facet: Facet<V>) => index.all(facet.name) as Iterable<FileValue<V>>,
    get: <V>(path: string, facet: Facet<V>) => index.get(path)?.values.get(facet.name)?.value as V | undefined,
    report(at, messageId, data = {}, related = []) {
      findings.push({
        rule: rule.id,
        messageId,
        data,
        ...place(at),
        related: related.map((other) => ({ ...place(other), label: other.label })),
      });
    },
  };
  rule.project?.check(context);
  return findings;
}

function place(at: { readonly path: string; readonly facet: Facet<unknown>; readonly anchor: Anchor }): AnchoredPlace {
  return { path: at.path, facet: at.facet.name, anchor: at.anchor };
}
