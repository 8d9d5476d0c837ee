import type { Finding, FixEdit, FixSafety, Span, TextEdit } from '../api/finding.ts';
import type { RegisteredRule } from '../api/rule.ts';
import type { RuleAnswer } from '../checklist/judging/ruleAnswer.ts';
import type { ChecklistView, GateResult } from '../checklist/view.ts';
import type { ConfigProblem, Configuration } from '../config/types.ts';
import type { Host } from './host.ts';
import type { OutcomeStore } from './outcomeStore.ts';

/**
 * The phases of analysis, cheapest first. `syntax`: node, function, file and document checks of one document.
 * `types`: checks that ask the type checker. `project`: checks over facets, for all documents at once. `checklist`: claims
 * of readiness checklists, held against what the other lanes found, for all documents at once.
 */
export type Lane = 'syntax' | 'types' | 'project' | 'checklist';

/** Lets long work breathe. Shared by all documents of one lane run. */
export interface Scheduler {
  /** Milliseconds of uninterrupted work before `pause` is called; `Infinity` never pauses. */
  readonly budget: number;
  /** Gives the event loop a turn. */
  pause(): Promise<void>;
  /** True when the result is no longer wanted; work stops at the next pause. */
  readonly superseded: boolean;
}

export interface LaneStats {
  /** Nodes looked at. */
  readonly visited: number;
  /** Statements whose cached result was used. */
  readonly reused: number;
  readonly ms: number;
  /** For `checklist`: the documents in which it finds something else than before. */
  readonly changed?: readonly string[];
}

/** Findings of one lane for one version of a document. */
export interface LaneResult {
  readonly path: string;
  readonly version: number;
  readonly lane: Lane;
  readonly findings: readonly Finding[];
  readonly stats: LaneStats;
}

/** Why a document has no findings although it is open or listed. */
export interface SkippedDocument {
  readonly path: string;
  readonly reason: 'excluded' | 'too-large' | 'minified' | 'generated' | 'binary' | 'too-deep';
  /** A sentence for the user. */
  readonly message: string;
}

/** A rule that threw: it is off for that version of the document, everything else goes on. */
export interface RuleFailure {
  readonly rule: string;
  readonly path: string;
  readonly error: string;
  /** Title of the fix that threw: it is not to be had for that version, the rule's findings stand. */
  readonly fix?: string;
}

/** One text change as editors send it: positions are 0-based line and UTF-16 character; no range replaces all text. */
export interface ContentChange {
  readonly range?: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly text: string;
}

/** A fix that can be applied to a finding. Its edits come from {@link Workspace.fixEdits}. */
export interface FixOffer {
  readonly path: string;
  readonly version: number;
  readonly finding: Finding;
  /** Index into the rule's fixes for the finding's message. */
  readonly index: number;
  readonly title: string;
  readonly safety: FixSafety;
}

export interface WorkspaceOptions {
  /** Absolute folder with forward slashes and no trailing one. */
  readonly root: string;
  readonly rules: readonly RegisteredRule[];
  readonly host: Host;
  readonly configuration: Configuration;
  /** Day of today as `YYYY-MM-DD`, for waivers that end: the engine has no clock. Without it none ends. */
  readonly today?: () => string;
  /** Where what files said is kept beyond this process. */
  readonly store?: OutcomeStore;
}

export interface Disposable {
  dispose(): void;
}

/**
 * One folder under analysis: the same façade for the language server, the CLI and tests. Documents are named by absolute
 * paths with forward slashes. Open documents belong to the editor, all others to the host.
 */
export interface Workspace extends Disposable {
  readonly root: string;

  /** Takes over a document from the host. `language` is an editor's language id, used where the path does not tell. */
  open(path: string, language: string, version: number, text: string): void;
  /** Applies changes in order; each range refers to the text after the one before. Unknown paths are ignored. */
  change(path: string, version: number, changes: readonly ContentChange[]): void;
  /** The editor wrote the document to disk: what is too costly while somebody types is due now. */
  save(path: string): void;
  /** Hands the document back to the host. */
  close(path: string): void;

  /** Tells that files were created or changed on disk, or found at start. Open documents are left alone. */
  refresh(paths: readonly string[]): void;
  /** Tells that files are gone. */
  remove(paths: readonly string[]): void;
  /** Tells that files or folders of any kind, not documents alone, may have come or gone. */
  presenceChanged(): void;
  /** airworthy.json or package.json or tsconfig.json changed: settings and packages are read anew. */
  reconfigure(): void;

  /** All documents the workspace knows, open or on disk. */
  paths(): readonly string[];
  isOpen(path: string): boolean;
  /** Version of an open document, 0 for one on disk, `undefined` for an unknown one. */
  version(path: string): number | undefined;
  /** Current text, from the editor or the host. */
  text(path: string): string | undefined;

  /**
   * Runs one lane for a document. For `project` this brings the project findings of all documents up to date first; for
   * `checklist` those, and then the judgement of all checklists.
   */
  analyze(path: string, lane: Lane, scheduler: Scheduler): Promise<LaneResult | 'superseded'>;
  /** Findings of the last run of each lane, moved to the current version; those of edited statements are dropped. */
  findings(path: string): readonly Finding[];

  /** Fixes for the findings that touch a span. Empty when `version` is not the current one. */
  fixes(path: string, version: number, at: Span): Promise<readonly FixOffer[]>;
  /**
   * Edits of an offer against the current text; `undefined` when the document moved on or the fix no longer applies.
   * Rejects with `FixFailed` when the fix throws.
   */
  fixEdits(offer: FixOffer): Promise<readonly FixEdit[] | undefined>;
  /**
   * What all safe fixes (of one rule, when given) change in the document, applied until nothing is left to do. Fixes over
   * several files are offers with the safety `suggest`, and none of these.
   */
  fixAll(path: string, options?: { readonly rule?: string }): Promise<readonly TextEdit[]>;
  /** The edit that adds a suppression comment with this reason for a finding, for its line or the whole file. */
  suppress(path: string, finding: Finding, scope: 'line' | 'file', reason: string): readonly FixEdit[] | undefined;

  /** All readiness checklists, judged, as of the last run of the `checklist` lane. */
  checklist(): ChecklistView;
  /** What a rule says of the whole workspace as of the last run of the `checklist` lane, and how many findings it has. */
  ruleAnswer(rule: string): RuleAnswer & { readonly findings: number };
  /** Tells how the gate of an item, named by its key, ended. Judged by the next run of the `checklist` lane. */
  setGateResult(key: string, result: GateResult): void;
  /** Text of the record file after what is verified now; `undefined` while the file has mistakes, which would be lost. */
  recordedChecklist(commit: string): string | undefined;

  skipped(): readonly SkippedDocument[];
  /** Why a document that looks like a checklist, or is set to be one, is not read as such; `undefined` for all others. */
  notReadAsChecklist(path: string): string | undefined;
  failures(): readonly RuleFailure[];
  configProblems(): readonly ConfigProblem[];
  /** Config files that decide about the documents looked at so far, as {@link Configuration.sources}. */
  configSources(): ReadonlySet<string>;

  /** Documents whose lane result is out of date for another reason than their own edit. */
  onDidInvalidate(listener: (paths: readonly string[], lane: Lane) => void): Disposable;
}
