import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { analyze } from '#cli/check/analyze.ts';
import type { OpenProject } from '#cli/check/openProject.ts';
import type { FixEdit, TextEdit } from '#engine/api/finding.ts';
import { applyEdits } from '#engine/document/applyEdits.ts';
import type { FixOffer } from '#engine/workspace/workspace.ts';
import { type Compiler, createCompiler } from './compiler.ts';
import { findingsOf, kindOf, opened, quiet, unstoppable } from './opened.ts';
import { added, type Change, faultsIn } from './worse.ts';
import { writeText } from './writeText.ts';

/** One fix, applied by itself and taken back. */
export interface Trial {
  readonly offer: FixOffer;
  /** Of the finding, from 1. */
  readonly line: number;
  readonly changes: readonly Change[];
  /** Sentences; none when all is as promised. */
  readonly problems: readonly string[];
}

/**
 * Applies every fix that is offered in a project by itself, at most `most` of one title and rule, and says what got worse:
 * code that no longer parses or that the compiler likes less, a finding that stays, one that comes.
 */
export async function* tryFixes(root: string, only: readonly string[], most: number): AsyncIterable<Trial> {
  const project = await opened(root, only);
  const { workspace, targets } = project;
  const compiler = createCompiler(root);
  const tried = new Map<string, number>();
  const faults = new Map<string, readonly string[]>();
  try {
    for (const path of targets) {
      for (const offer of await offersIn(project, path)) {
        const key = `${kindOf(offer.finding)} ${offer.index}`;
        const times = tried.get(key) ?? 0;
        if (times === most) continue;
        tried.set(key, times + 1);
        const line = (workspace.text(path) ?? '').slice(0, offer.finding.start).split('\n').length;
        const edits = await workspace.fixEdits(offer);
        const changes = edits === undefined ? undefined : changesOf(edits);
        if (changes === undefined) yield { offer, line, changes: [], problems: ['its edits cannot be applied'] };
        else yield { offer, line, changes, problems: await problemsOf(project, offer, changes, compiler, faults) };
      }
    }
  } finally {
    workspace.dispose();
  }
}

async function offersIn({ workspace }: OpenProject, path: string): Promise<readonly FixOffer[]> {
  const end = Math.max(0, ...workspace.findings(path).map((finding) => finding.end));
  return await workspace.fixes(path, workspace.version(path) ?? 0, { start: 0, end });
}

/** The documents that edits change; `undefined` when the edits overlap. */
function changesOf(edits: readonly FixEdit[]): readonly Change[] | undefined {
  const changes: Change[] = [];
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const own = edits.filter((edit) => edit.path === path);
    const [created] = own.flatMap((edit) => ('create' in edit ? [edit.create] : []));
    const before = created === undefined ? readFileSync(path, 'utf8') : undefined;
    const texts = own.filter((edit): edit is TextEdit => 'newText' in edit);
    const after = applyEdits(created ?? before ?? '', texts);
    if (after === undefined) return undefined;
    changes.push({ path, before, after });
  }
  return changes;
}

/** Applies, looks, and takes back. `faults` keeps what was wrong with documents before. */
async function problemsOf(
  project: OpenProject,
  { finding }: FixOffer,
  changes: readonly Change[],
  compiler: Compiler,
  faults: Map<string, readonly string[]>,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const after = new Map(changes.map((change) => [change.path, change.after]));
  for (const { path, before } of changes) {
    const old = faults.get(path) ?? (before === undefined ? [] : faultsIn(path, new Map([[path, before]]), compiler));
    faults.set(path, old);
    problems.push(...added(old, faultsIn(path, after, compiler)).map((fault) => `${path}: ${fault}`));
  }
  const findings = findingsOf(project).map(kindOf);
  const sameKind = (kind: string): boolean => kind === kindOf(finding);
  await put(
    project,
    changes.map(({ path, after: text }) => ({ path, text })),
  );
  const now = findingsOf(project).map(kindOf);
  await put(
    project,
    changes.map(({ path, before }) => ({ path, text: before })),
  );
  const left = findingsOf(project).map(kindOf);
  if (now.filter(sameKind).length >= findings.filter(sameKind).length) problems.push('the finding is still there');
  problems.push(...added(findings, now).map((kind) => `${kind} is found where it was not before`));
  if (added(findings, left).length + added(left, findings).length > 0)
    problems.push('taken back, it leaves other findings');
  return problems;
}

/** Writes texts to disk, `undefined` for no file, and brings the findings up to date. */
async function put(
  project: OpenProject,
  texts: readonly { readonly path: string; readonly text: string | undefined }[],
): Promise<void> {
  const { workspace } = project;
  const isRead = new Set(workspace.paths());
  // What lies there without having been read is left out on purpose: by .gitignore, for one.
  const isLeftOut = new Map(texts.map(({ path }) => [path, existsSync(path) && !isRead.has(path)]));
  const read = texts.filter(({ path }) => isLeftOut.get(path) !== true);
  for (const { path, text } of texts) {
    if (text === undefined) rmSync(path);
    else writeText(path, text);
  }
  workspace.remove(read.flatMap(({ path, text }) => (text === undefined ? [path] : [])));
  workspace.refresh(read.flatMap(({ path, text }) => (text === undefined ? [] : [path])));
  workspace.presenceChanged();
  if (texts.some(({ path }) => isSettings(path))) workspace.reconfigure();
  await analyze(project, unstoppable, quiet);
}

function isSettings(path: string): boolean {
  return /^(?:package|airworthy|[jt]sconfig.*)\.json$/.test(basename(path));
}
