import type { Suppressions } from '../suppressions/index.ts';
import type { ts } from '../ts.ts';
import { documentKind } from './documentKind.ts';
import type { Host } from './host.ts';
import type { SyntaxOutcome } from './syntaxLane.ts';
import { TrackedDocument } from './trackedDocument.ts';
import type { ContentChange, SkippedDocument } from './workspace.ts';

/** A document the workspace knows of, with what is remembered about it. */
export interface Known {
  readonly path: string;
  /** Set while an editor owns it. */
  open: TrackedDocument | undefined;
  /** Of the last finished syntax lane (cache: syntax outcomes). */
  outcome: SyntaxOutcome | undefined;
  /** Of the text the outcome is about. */
  suppressions: Suppressions | undefined;
  /** Version whose types lane has finished. */
  typedVersion: number | undefined;
  skipped: SkippedDocument['reason'] | undefined;
  /** The editor has changes that are not on disk. */
  unsaved: boolean;
  /** True until the current text was checked for reasons to skip it. */
  skipUnchecked: boolean;
  /** The outcome is of another text, or of other settings or packages. */
  stale: boolean;
  /** Counts what made results stale: a lane whose work began at another number has nothing to say any more. */
  revision: number;
}

/** Insertions up to this length cannot turn a source file into a bundle. */
const HARMLESS_INSERTION = 500;

/** The documents of a workspace: which there are, who owns their text, what needs to be analysed again. */
export class KnownDocuments {
  private readonly host: Host;
  private readonly byPath = new Map<string, Known>();
  /** Grows when a document becomes known or is forgotten. */
  revision = 0;

  constructor(host: Host) {
    this.host = host;
  }

  get(path: string): Known | undefined {
    return this.byPath.get(path);
  }

  all(): readonly Known[] {
    return [...this.byPath.values()];
  }

  /** Sorted. */
  paths(): readonly string[] {
    return [...this.byPath.keys()].sort();
  }

  sourcePaths(): readonly string[] {
    return this.paths().filter((path) => documentKind(path)?.type === 'source');
  }

  /** Of documents with a tree to share, in the order in which they became known. */
  openSourcePaths(): readonly string[] {
    const paths: string[] = [];
    for (const { path, open } of this.byPath.values()) if (open?.kind.type === 'source') paths.push(path);
    return paths;
  }

  has(path: string): boolean {
    return this.byPath.has(path);
  }

  open(path: string, language: string, version: number, text: string): void {
    const kind = documentKind(path, language);
    if (kind === undefined) return;
    const known = this.know(path);
    known.open = new TrackedDocument(path, kind, version, text);
    known.unsaved = false;
    touch(known);
  }

  /** True when there is more to do for the document now that it is saved. */
  save(path: string): boolean {
    const known = this.byPath.get(path);
    if (known?.open === undefined || !known.unsaved) return false;
    known.unsaved = false;
    return known.typedVersion !== known.open.version;
  }

  change(path: string, version: number, changes: readonly ContentChange[]): void {
    const known = this.byPath.get(path);
    if (known?.open === undefined) return;
    known.open.apply(version, changes);
    known.unsaved = true;
    known.stale = true;
    known.revision++;
    known.skipUnchecked ||= changes.some(
      ({ range, text }) => range === undefined || text.length > HARMLESS_INSERTION || text.includes('\u0000'),
    );
  }

  /** False when nothing is left of the document: it was never saved, or its file is gone. */
  close(path: string): boolean {
    const known = this.byPath.get(path);
    if (known?.open === undefined) return true;
    known.open = undefined;
    touch(known);
    return this.host.isFile(path);
  }

  /** Takes up a file on disk, or notes that it changed. Open documents are left alone. */
  refresh(path: string): void {
    if (documentKind(path) === undefined) return;
    const known = this.know(path);
    if (known.open === undefined) touch(known);
  }

  /** True when the file was known and not open. */
  remove(path: string): boolean {
    const known = this.byPath.get(path);
    if (known === undefined || known.open !== undefined) return false;
    touch(known);
    this.revision++;
    return this.byPath.delete(path);
  }

  touchAll(): void {
    for (const known of this.byPath.values()) touch(known);
  }

  clear(): void {
    this.byPath.clear();
  }

  text(path: string): string | undefined {
    return this.byPath.get(path)?.open?.text ?? this.host.readText(path);
  }

  /** The open document, or one read from the host for this call. */
  current(path: string): TrackedDocument | undefined {
    const open = this.byPath.get(path)?.open;
    if (open !== undefined) return open;
    const kind = documentKind(path);
    const text = kind === undefined ? undefined : this.host.readText(path);
    return kind === undefined || text === undefined ? undefined : new TrackedDocument(path, kind, 0, text);
  }

  /** The engine's own tree of an open source document, for the type checker to share. */
  openTree(path: string): { file: ts.SourceFile; version: number; text: string } | undefined {
    const known = this.byPath.get(path);
    if (known?.open === undefined || known.open.kind.type !== 'source' || known.skipped !== undefined) return undefined;
    try {
      return { file: known.open.sourceFile(), version: known.open.version, text: known.open.text };
    } catch {
      // Nested too deeply; the syntax lane notes it.
      return undefined;
    }
  }

  private know(path: string): Known {
    let known = this.byPath.get(path);
    if (known === undefined) {
      known = {
        path,
        open: undefined,
        outcome: undefined,
        suppressions: undefined,
        typedVersion: undefined,
        unsaved: false,
        skipped: undefined,
        skipUnchecked: true,
        stale: true,
        revision: 0,
      };
      this.byPath.set(path, known);
      this.revision++;
    }
    return known;
  }
}

/** Marks a document for analysis of a text that may be any. */
function touch(known: Known): void {
  known.stale = true;
  known.revision++;
  known.skipUnchecked = true;
  known.typedVersion = undefined;
}

/** Whether the remembered outcome is about something else than the current version. */
export function isStale(known: Known): boolean {
  const { open, outcome } = known;
  return known.stale || (open !== undefined && outcome !== undefined && outcome.version !== open.version);
}
