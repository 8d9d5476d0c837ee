import type { Finding } from '../api/finding.ts';
import type { RegisteredRule } from '../api/rule.ts';
import { ChecklistFindings } from '../checklist/judging/checklistFindings.ts';
import { type ChecklistSource, Checklists } from '../checklist/judging/checklists.ts';
import { nextRecords, RECORD_FILE, writeRecords } from '../checklist/judging/records.ts';
import type { DocumentFacts } from '../checklist/judging/ruleLedger.ts';
import { SUBJECTS } from '../checklist/judging/subjects.ts';
import type { ChecklistView, GateResult } from '../checklist/view.ts';
import type { Configuration } from '../config/types.ts';
import { difference } from '../document/applyEdits.ts';
import { folderOf, resolvePath } from '../document/paths.ts';
import type { ProjectIndex } from '../project/projectIndex.ts';
import { documentKind } from './documentKind.ts';
import type { Host } from './host.ts';
import { isStale, type Known, type KnownDocuments } from './knownDocuments.ts';
import type { PlacedFinding } from './projectLane.ts';
import { looksAt } from './syntaxLane.ts';

export interface ChecklistLaneOptions {
  readonly root: string;
  readonly rules: readonly RegisteredRule[];
  readonly host: Host;
  readonly configuration: Configuration;
  readonly documents: KnownDocuments;
  readonly index: ProjectIndex;
  today(): string | undefined;
  /** What the other lanes found in a document, and how many findings of each rule a comment suppresses. */
  findings(known: Known): { readonly findings: readonly Finding[]; readonly suppressed: readonly string[] };
  /** Whether a rule asks the type checker, and there is one to ask. */
  readonly hasTypes: boolean;
  hasRunProject(rule: RegisteredRule): boolean;
  failuresOf(rule: string): readonly string[];
  onFailure(rule: string, path: string, error: unknown): void;
}

/** Holds checklists against what the other lanes found, and runs checks over the outcome. */
export class ChecklistLane {
  private readonly options: ChecklistLaneOptions;
  private readonly checklists: Checklists;
  private readonly checks: ChecklistFindings;
  private readonly dirty = new Set<string>();
  private fileSet = -1;
  private settingsChanged = true;

  constructor(options: ChecklistLaneOptions) {
    this.options = options;
    const { root, rules, host } = options;
    const source = checklistSource(options);
    this.checklists = new Checklists({ root, rules, source });
    this.checks = new ChecklistFindings({
      root,
      rules,
      view: () => this.checklists.view,
      text: source.markdown,
      lineCount: (path) => {
        const text = options.documents.text(path);
        return text === undefined ? undefined : text.split(/\r\n|\n|\r/).length - (/[\r\n]$/.test(text) ? 1 : 0);
      },
      resolve: (written, from) => {
        const [file] = this.checklists.resolve(written, from);
        // Files of other kinds are not known here, but they do exist.
        return (
          file ?? [root, folderOf(from)].map((base) => resolvePath(base, written)).find((path) => host.isFile(path))
        );
      },
      named: (name) => this.checklists.named(name),
      setting: (rule, path) => options.configuration.for(path).rule(rule.id),
      onFailure: options.onFailure,
    });
  }

  get view(): ChecklistView {
    return this.checklists.view;
  }

  ruleAnswer(rule: string): ReturnType<Checklists['ruleAnswer']> {
    return this.checklists.ruleAnswer(rule);
  }

  /** A document was edited, analysed, created or deleted. */
  touch(path: string): void {
    this.dirty.add(path);
  }

  /** Settings changed: all is judged anew. */
  reset(): void {
    this.settingsChanged = true;
  }

  setGate(key: string, result: GateResult): void {
    this.checklists.setGate(key, result);
  }

  /** See {@link Workspace.recordedChecklist}. */
  recorded(commit: string): string | undefined {
    const { records, view } = this.checklists;
    return records.problems.length > 0 ? undefined : writeRecords(nextRecords(view.documents, records, commit));
  }

  /** True when nothing happened since the last update. */
  isCurrent(): boolean {
    return this.dirty.size === 0 && !this.settingsChanged && this.fileSet === this.options.documents.revision;
  }

  /** Brings judgement and findings up to date in steps; answers the documents whose findings changed. */
  *update(): Generator<void, readonly string[]> {
    const { documents } = this.options;
    const { revision } = documents;
    const changes = {
      documents: new Set(this.dirty),
      files: this.fileSet !== revision,
      settings: this.settingsChanged,
    };
    const changed = yield* this.checklists.update(changes);
    for (const path of changes.documents) this.dirty.delete(path);
    this.fileSet = revision;
    this.settingsChanged = false;
    return this.checks.update({ ...changes, judged: changed }, (path) => documents.text(path));
  }

  /** Findings in a document at their place in its current text; those in edited text are left out. */
  findings(path: string): readonly PlacedFinding[] {
    const known = this.checks.get(path);
    if (known === undefined) return [];
    const text = this.options.documents.text(path);
    if (text === undefined) return [];
    const edit = difference(path, known.text, text);
    if (edit === undefined) return known.findings;
    const shift = edit.newText.length - (edit.end - edit.start);
    return known.findings.flatMap((finding) => {
      if (finding.end <= edit.start) return [finding];
      if (finding.start < edit.end) return [];
      return [{ ...finding, start: finding.start + shift, end: finding.end + shift }];
    });
  }
}

function checklistSource(options: ChecklistLaneOptions): ChecklistSource {
  const { root, host, configuration, documents, index } = options;
  return {
    root,
    paths: () => documents.paths(),
    records: () => host.readText(`${root}/${RECORD_FILE}`),
    today: options.today,
    setting: (path) => configuration.for(path).checklist,
    markdown(path) {
      const known = documents.get(path);
      const kind = known?.open?.kind ?? documentKind(path);
      if (known === undefined || known.skipped !== undefined) return undefined;
      return kind?.type === 'format' && kind.language === 'markdown' ? documents.text(path) : undefined;
    },
    lines(path) {
      const document = documents.current(path);
      return (offset) => (document === undefined ? 1 : document.positionAt(offset).line + 1);
    },
    isOn: (rule, path) => configuration.for(path).rule(rule.id) !== undefined,
    looksAt,
    hasRun: options.hasRunProject,
    failuresOf: options.failuresOf,
    facts(path): DocumentFacts | 'stale' | undefined {
      const known = documents.get(path);
      const kind = known?.open?.kind ?? documentKind(path);
      if (known === undefined || kind === undefined) return undefined;
      if (isStale(known) && known.outcome !== undefined) return 'stale';
      const facts = index.get(path);
      const isSource = kind.type === 'source';
      return {
        language: isSource ? 'source' : kind.language,
        isTest: facts?.isTest ?? false,
        analysed: known.outcome !== undefined || known.skipped !== undefined,
        typed: !isSource || !options.hasTypes || known.typedVersion !== undefined || known.skipped !== undefined,
        unread: known.skipped === 'too-large' || known.skipped === 'too-deep',
        subjects: (facts?.values.get(SUBJECTS)?.value as readonly string[] | undefined) ?? [],
        ...options.findings(known),
      };
    },
  };
}
