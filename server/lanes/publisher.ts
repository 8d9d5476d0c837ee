import { type Diagnostic, type DiagnosticRelatedInformation, Emitter, type Range } from 'vscode-languageserver';
import type { Finding, Priority } from '#api';
import type { ConfigProblem } from '#engine/config/types.ts';
import type { SkippedDocument, Workspace } from '#engine/workspace/workspace.ts';
import type { ClientProfile } from '../client.ts';
import type { Texts } from '../convert/texts.ts';
import { problemDiagnostic, skippedDiagnostic, toDiagnostic } from '../convert/toLsp.ts';
import type { Folder, Session } from '../session.ts';

export type PriorityCounts = Readonly<Record<Priority, number>>;

/** What a document's diagnostics are by now. */
export interface Published {
  readonly path: string;
  readonly uri: string;
  /** Of the open document; `undefined` when it is not open. */
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** A new one whenever the diagnostics differ. Different in each server process. */
  readonly resultId: string;
  readonly counts: PriorityCounts;
}

/** Reasons that surprise whoever has the file open. Nobody expects findings in generated or excluded files. */
const surprising: ReadonlySet<SkippedDocument['reason']> = new Set(['too-large', 'too-deep', 'binary']);
const none: PriorityCounts = { P0: 0, P1: 0, P2: 0, P3: 0 };

/**
 * Merges what all lanes found into the diagnostics of a document, and tells only about those that differ from before.
 * Diagnostics count as equal when the user would see no difference; their `data` may then be of an older version.
 */
export class Publisher {
  readonly #session: Session;
  readonly #texts: Texts;
  readonly #client: () => ClientProfile;
  readonly #published = new Map<string, Published & { findings: readonly Finding[] }>();
  readonly #problems = new Map<Folder, readonly ConfigProblem[]>();
  readonly #changed = new Emitter<Published>();
  readonly #instance = Date.now().toString(36);
  #results = 0;

  readonly onDidChange = this.#changed.event;

  constructor(session: Session, texts: Texts, client: () => ClientProfile) {
    this.#session = session;
    this.#texts = texts;
    this.#client = client;
  }

  get(path: string): Published | undefined {
    return this.#published.get(path);
  }

  all(): Iterable<Published> {
    return this.#published.values();
  }

  /** Forgets what was said about a document: the next update is told in any case. */
  forget(path: string): void {
    this.#published.delete(path);
  }

  /**
   * Brings the diagnostics of a document up to date. `sameText` says that a document that is not open was not read anew
   * since the last time; then equal findings need no text from disk to be found equal.
   */
  update(path: string, sameText = false): void {
    const folder = this.#session.folderOf(path);
    if (folder !== undefined) this.#updateProblems(folder);
    if (sameText && folder !== undefined && this.#isUnchanged(folder, path)) return;
    this.#refresh(path);
  }

  /** Takes back all diagnostics of a document that is gone. */
  clear(path: string): void {
    const last = this.#published.get(path);
    this.#published.delete(path);
    if (last === undefined || last.diagnostics.length === 0) return;
    this.#changed.fire({ ...this.#result(path, [], none), version: undefined });
  }

  /** Takes back what was said about the configuration of a folder that is gone. */
  dropFolder(folder: Folder): void {
    const problems = this.#problems.get(folder) ?? [];
    this.#problems.delete(folder);
    for (const path of new Set(problems.map((problem) => problem.path))) this.#refresh(path);
  }

  #isUnchanged(folder: Folder, path: string): boolean {
    const last = this.#published.get(path)?.findings;
    if (last === undefined || this.#session.document(path) !== undefined || !isShown(folder, false)) return false;
    return sameList(last, folder.workspace.findings(path), sameFinding);
  }

  #updateProblems(folder: Folder): void {
    const before = this.#problems.get(folder) ?? [];
    const problems = folder.workspace.configProblems();
    if (before === problems || (before.length === 0 && problems.length === 0)) return;
    this.#problems.set(folder, problems);
    for (const path of new Set([...before, ...problems].map((problem) => problem.path))) this.#refresh(path);
  }

  #refresh(path: string): void {
    const { diagnostics, counts, findings } = this.#collect(path);
    const last = this.#published.get(path);
    if (last !== undefined && sameList(last.diagnostics, diagnostics, sameDiagnostic)) {
      last.findings = findings;
      return;
    }
    const open = this.#session.document(path) !== undefined;
    // Clients assume a document without news to have no diagnostics, except that an open one gets one answer.
    if (last === undefined && diagnostics.length === 0 && !open) return;
    const result = { ...this.#result(path, diagnostics, counts), findings };
    this.#published.set(path, result);
    this.#changed.fire(result);
  }

  #result(path: string, diagnostics: readonly Diagnostic[], counts: PriorityCounts): Published {
    const version = this.#session.document(path)?.version;
    const resultId = `${this.#instance}.${++this.#results}`;
    return { path, uri: this.#texts.uri(path), version, diagnostics, resultId, counts };
  }

  #collect(path: string) {
    let findings: readonly Finding[] = [];
    const diagnostics: Diagnostic[] = [];
    const counts = { ...none };
    const folder = this.#session.folderOf(path);
    const document = this.#session.document(path);
    if (folder !== undefined && isShown(folder, document !== undefined)) {
      findings = folder.workspace.findings(path);
      // The line index costs a pass over the text; most keystrokes in clean code get by without.
      const lines = findings.length > 0 ? this.#texts.lines(path) : undefined;
      for (const finding of lines === undefined ? [] : findings) {
        counts[finding.priority]++;
        if (lines) diagnostics.push(toDiagnostic(finding, document?.version ?? 0, lines, this.#client(), this.#texts));
      }
      if (document !== undefined && diagnostics.length === 0) {
        const note = noteOn(folder.workspace, path);
        if (note !== undefined) diagnostics.push(skippedDiagnostic(note));
      }
    }
    for (const problem of this.#problemsOf(path)) {
      const lines = this.#texts.lines(path);
      if (lines !== undefined) diagnostics.push(problemDiagnostic(problem, lines));
    }
    return { diagnostics, counts, findings };
  }

  #problemsOf(path: string): readonly ConfigProblem[] {
    if (this.#problems.size === 0) return [];
    const found = new Map<string, ConfigProblem>();
    for (const problems of this.#problems.values()) {
      // Several folders may read the same file.
      for (const problem of problems) if (problem.path === path) found.set(JSON.stringify(problem), problem);
    }
    return [...found.values()];
  }
}

/** Why an open document has no findings, where that may surprise. */
function noteOn(workspace: Workspace, path: string): string | undefined {
  const skipped = workspace.skipped().find((entry) => entry.path === path);
  if (skipped !== undefined) return surprising.has(skipped.reason) ? skipped.message : undefined;
  if (!/\.(?:md|markdown)$/i.test(path)) return undefined;
  return workspace.notReadAsChecklist(path);
}

/** Whether a document's findings are for the user's eyes. */
export function isShown(folder: Folder, open: boolean): boolean {
  if (folder.settings.enable === false) return false;
  return open || (!folder.loose && folder.settings.analyze !== 'openFiles');
}

function sameList<T>(a: readonly T[] | undefined, b: readonly T[] | undefined, same: (a: T, b: T) => boolean): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  return a.every((item, index) => same(item, b[index] as T));
}

function sameFinding(a: Finding, b: Finding): boolean {
  return (
    a.start === b.start &&
    a.end === b.end &&
    a.rule === b.rule &&
    a.priority === b.priority &&
    a.message === b.message &&
    sameList(a.related, b.related, (x, y) => {
      return x.path === y.path && x.label === y.label && x.span.start === y.span.start && x.span.end === y.span.end;
    })
  );
}

function sameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

function sameRelated(a: DiagnosticRelatedInformation, b: DiagnosticRelatedInformation): boolean {
  return a.message === b.message && a.location.uri === b.location.uri && sameRange(a.location.range, b.location.range);
}

function sameDiagnostic(a: Diagnostic, b: Diagnostic): boolean {
  return (
    sameRange(a.range, b.range) &&
    a.code === b.code &&
    a.severity === b.severity &&
    a.message === b.message &&
    sameList(a.tags, b.tags, (x, y) => x === y) &&
    sameList(a.relatedInformation, b.relatedInformation, sameRelated)
  );
}
