import type { ChecklistContext } from '../../api/checklist.ts';
import type { RegisteredRule } from '../../api/rule.ts';
import type { PlacedFinding } from '../../workspace/projectLane.ts';
import type { ChecklistView, ClaimGroup, JudgedDocument } from '../view.ts';

export interface ChecklistFindingsOptions {
  readonly root: string;
  readonly rules: readonly RegisteredRule[];
  view(): ChecklistView;
  text(path: string): string | undefined;
  /** Lines of a file; `undefined` when it cannot be read. */
  lineCount(path: string): number | undefined;
  /** The one file that a path written in a document means, of whatever kind. */
  resolve(written: string, from: string): string | undefined;
  named(name: string): readonly string[];
  /** Options of a rule for a document; `undefined` when it is off. */
  setting(rule: RegisteredRule, path: string): { readonly options: unknown } | undefined;
  onFailure(rule: string, path: string, error: unknown): void;
}

export interface FindingsChanges {
  readonly documents: ReadonlySet<string>;
  readonly files: boolean;
  readonly settings: boolean;
  /** Documents that were judged differently. */
  readonly judged: ReadonlySet<string>;
}

/** Findings in a document, and the text their offsets are about. */
interface Placed {
  readonly text: string;
  readonly findings: readonly PlacedFinding[];
}

interface Outcome {
  /** By the document they are in. */
  readonly findings: ReadonlyMap<string, readonly PlacedFinding[]>;
  /** Files whose content the checks looked at. */
  readonly read: ReadonlySet<string>;
}

/**
 * What checks of checklists found (cache: checklist findings). A document is checked again when it or a claim it shares was
 * judged differently, or a file changed that its checks asked about.
 */
export class ChecklistFindings {
  private readonly options: ChecklistFindingsOptions;
  private readonly rules: readonly RegisteredRule[];
  private readonly outcomes = new Map<string, Outcome>();
  private readonly groups = new Map<string, readonly ClaimGroup[]>();
  private placed = new Map<string, Placed>();

  constructor(options: ChecklistFindingsOptions) {
    this.options = options;
    this.rules = options.rules.filter((rule) => rule.checklist !== undefined);
  }

  get(path: string): Placed | undefined {
    return this.placed.get(path);
  }

  /** Runs what is out of date; answers the documents that have other findings than before. */
  update(changes: FindingsChanges, textOf: (path: string) => string | undefined): readonly string[] {
    if (this.rules.length === 0) return [];
    const { documents, groups } = this.options.view();
    const counted = new Map(
      documents.filter((document) => document.counted).map((document) => [document.path, document]),
    );
    const due = this.due(changes, counted, groups);
    if (due.size === 0 && changes.documents.size === 0) return [];
    for (const path of due) {
      const document = counted.get(path);
      if (document === undefined) this.outcomes.delete(path);
      else this.outcomes.set(path, this.check(document));
    }
    return this.place(
      (path) => (changes.documents.has(path) ? undefined : this.placed.get(path)?.text) ?? textOf(path),
    );
  }

  private due(
    { documents, files, settings, judged }: FindingsChanges,
    counted: ReadonlyMap<string, JudgedDocument>,
    groups: readonly ClaimGroup[],
  ): ReadonlySet<string> {
    const due = new Set<string>(judged);
    for (const path of this.outcomes.keys()) if (!counted.has(path)) due.add(path);
    const byPath = new Map<string, ClaimGroup[]>();
    for (const group of groups) {
      for (const path of new Set(group.items.map((item) => item.path))) {
        const list = byPath.get(path);
        if (list === undefined) byPath.set(path, [group]);
        else list.push(group);
      }
    }
    for (const [path] of counted) {
      const before = this.groups.get(path) ?? [];
      const after = byPath.get(path) ?? [];
      if (before.length !== after.length || before.some((group, index) => group !== after[index])) due.add(path);
      if (files || settings || !this.outcomes.has(path)) due.add(path);
      const read = this.outcomes.get(path)?.read ?? [];
      for (const file of read) if (documents.has(file)) due.add(path);
    }
    this.groups.clear();
    for (const [path, list] of byPath) this.groups.set(path, list);
    return due;
  }

  private check(judged: JudgedDocument): Outcome {
    const { options } = this;
    const { path } = judged;
    const found: { readonly path: string; readonly finding: PlacedFinding }[] = [];
    const read = new Set<string>();
    const text = options.text(path) ?? '';
    for (const rule of this.rules) {
      const setting = options.setting(rule, path);
      if (setting === undefined) continue;
      const own: typeof found = [];
      const context: ChecklistContext<string, unknown> = {
        judged,
        text,
        groups: this.groups.get(path) ?? [],
        options: setting.options,
        file: (reference) => {
          const file = options.resolve(reference.path, path);
          if (file === undefined) return undefined;
          read.add(file);
          return { path: file, lines: reference.lines.length === 0 ? undefined : options.lineCount(file) };
        },
        named: options.named,
        report(at, messageId, data = {}, { related = [] } = {}) {
          const { start, end } = at;
          own.push({
            path: 'path' in at ? at.path : path,
            finding: { rule: rule.id, messageId, start, end, data, related },
          });
        },
      };
      try {
        rule.checklist?.check(context);
        found.push(...own);
      } catch (error) {
        options.onFailure(rule.id, path, error);
      }
    }
    const findings = new Map<string, PlacedFinding[]>();
    for (const { path: at, finding } of found) {
      const list = findings.get(at);
      if (list === undefined) findings.set(at, [finding]);
      else list.push(finding);
    }
    return { findings, read };
  }

  /** Merges what all checklists say of each document. */
  private place(textOf: (path: string) => string | undefined): readonly string[] {
    const merged = new Map<string, PlacedFinding[]>();
    for (const { findings } of this.outcomes.values())
      for (const [path, list] of findings) merged.set(path, [...(merged.get(path) ?? []), ...list]);
    const before = this.placed;
    this.placed = new Map(
      [...merged].flatMap(([path, findings]) => {
        const text = textOf(path);
        return text === undefined ? [] : [[path, { text, findings }] as const];
      }),
    );
    return [...new Set([...before.keys(), ...this.placed.keys()])].filter(
      (path) => JSON.stringify(before.get(path)?.findings) !== JSON.stringify(this.placed.get(path)?.findings),
    );
  }
}
