import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '#engine/api/finding.ts';
import type { ContentChange, Lane, Workspace } from '#engine/workspace/workspace.ts';
import type { Fixture } from './fixtures.ts';
import { openWorkspace, type RuleSelection, runToEnd, type Surroundings, surroundings } from './openWorkspace.ts';
import { type Random, random } from './random.ts';
import { applyEdit, type Edit, inverse, randomEdit } from './randomEdits.ts';
import { withCrlf } from './variants.ts';
import { type Files, mapFiles } from './virtualFiles.ts';

/** A text for which the incremental answer is not the one of a fresh workspace: the rule read more than it declares. */
export interface Impurity {
  readonly step: number;
  readonly path: string;
  readonly before: string;
  readonly edits: readonly Edit[];
  readonly after: string;
  readonly incremental: readonly Finding[];
  readonly fresh: readonly Finding[];
}

export interface FuzzOptions {
  readonly seed: number;
  readonly edits: number;
  /** Moment, as of `performance.now()`, at which to stop early. */
  readonly deadline?: number;
}

/** After this many edits the text has become noise, and the fuzzer starts over from the fixture. */
const roundLength = 40;

const languages: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  jsx: 'javascriptreact',
};

function languageOf(path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  return languages[extension] ?? extension;
}

function changeOf(text: string, edit: Edit): ContentChange {
  const position = (offset: number): { line: number; character: number } => {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  };
  const range = { start: position(edit.start), end: position(edit.start + edit.deleted) };
  return { range, text: edit.inserted };
}

/** An edit between the halves of a line break or of a surrogate pair has no place in an editor's terms. */
function splitsCharacter(text: string, offset: number): boolean {
  const pair = text.slice(offset - 1, offset + 1);
  return pair === '\r\n' || /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair);
}

function nextEdit(text: string, random: Random, undo: readonly Edit[]): Edit {
  const last = undo.at(-1);
  if (last && random.chance(0.2)) return last;
  for (;;) {
    const edit = randomEdit(text, random);
    if (!splitsCharacter(text, edit.start) && !splitsCharacter(text, edit.start + edit.deleted)) return edit;
  }
}

/** A workspace with all files open, as in an editor. */
function openAll(files: Files, around: Surroundings): Workspace {
  const workspace = openWorkspace(around);
  for (const [path, text] of files) workspace.open(path, languageOf(path), 1, text);
  return workspace;
}

async function findingsOf(workspace: Workspace, paths: Iterable<string>, lanes: readonly Lane[]): Promise<Finding[]> {
  const all: Finding[] = [];
  for (const path of paths) all.push(...(await runToEnd(workspace, path, lanes)));
  return all;
}

/**
 * Edits a fixture at random and compares, after each step, the findings of the one workspace that saw all edits with those
 * of a fresh workspace over the same text. Returns the first difference.
 */
export async function findImpurity(
  fixture: Fixture,
  selection: RuleSelection,
  options: FuzzOptions,
): Promise<Impurity | undefined> {
  const chooser = random(options.seed);
  const { rule } = selection;
  const lanes: readonly Lane[] = [
    'syntax',
    ...(rule.types === undefined ? [] : (['types'] as const)),
    ...(rule.project === undefined ? [] : (['project'] as const)),
    ...(rule.checklist === undefined ? [] : (['checklist'] as const)),
  ];
  for (let step = 0; step < options.edits; ) {
    const start = chooser.chance(0.25) ? mapFiles(fixture.files, withCrlf) : fixture.files;
    const paths = [...start.keys()];
    const undo = new Map<string, Edit[]>(paths.map((path) => [path, []]));
    const files = new Map(start);
    const around = surroundings(start, selection);
    const workspace = openAll(start, around);
    await findingsOf(workspace, paths, lanes);
    for (let inRound = 0; inRound < roundLength && step < options.edits; inRound++, step++) {
      if (options.deadline !== undefined && performance.now() > options.deadline) return undefined;
      const path = chooser.pick(paths);
      const before = files.get(path) ?? '';
      const edits: Edit[] = [];
      const changes: ContentChange[] = [];
      let text = before;
      // Sometimes several changes arrive at once, as while a completion is accepted or keys are typed quickly.
      for (let count = chooser.chance(0.2) ? 3 : 1; count > 0; count--) {
        const stack = undo.get(path) ?? [];
        const edit = nextEdit(text, chooser, stack);
        if (edit === stack.at(-1)) stack.pop();
        else stack.push(inverse(text, edit));
        changes.push(changeOf(text, edit));
        edits.push(edit);
        text = applyEdit(text, edit);
      }
      files.set(path, text);
      workspace.change(path, inRound + 2, changes);
      const incremental = await findingsOf(workspace, paths, lanes);
      const scratch = openAll(files, around);
      const fresh = await findingsOf(scratch, paths, lanes);
      scratch.dispose();
      if (!isDeepStrictEqual(incremental, fresh)) return { step, path, before, edits, after: text, incremental, fresh };
    }
    workspace.dispose();
  }
  return undefined;
}

/** An impurity for people: what was typed where, and what the two answers are. */
export function describeImpurity(impurity: Impurity): string {
  const list = (findings: readonly Finding[]): string =>
    findings.map(({ rule, messageId, start, end }) => `${rule} ${messageId} ${start}-${end}`).join(', ') || 'nothing';
  return [
    `Step ${impurity.step} in ${impurity.path}: ${JSON.stringify(impurity.edits)}`,
    `after edits: ${list(impurity.incremental)}`,
    `from scratch: ${list(impurity.fresh)}`,
    '--- before',
    impurity.before,
    '--- after',
    impurity.after,
  ].join('\n');
}
