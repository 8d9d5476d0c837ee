import { fixFiles } from '#cli/check/fixFiles.ts';
import type { Finding } from '#engine/api/finding.ts';
import { createCompiler } from './compiler.ts';
import { findingsOf, kindOf, opened, quiet, unstoppable } from './opened.ts';
import { added, type Change, worse } from './worse.ts';

/** What the safe fixes of a project did. */
export interface Proof {
  readonly changes: readonly Change[];
  /** Findings that are gone, by rule. */
  readonly gone: ReadonlyMap<string, number>;
  /** Sentences; none when all is as promised. */
  readonly problems: readonly string[];
}

/** Applies all safe fixes of the project in `root`, then all that are left, and says what got worse. */
export async function proveSafeFixes(root: string, only: readonly string[]): Promise<Proof> {
  const { changes, before, after, problems } = await fixAll(root, only);
  const again = await fixAll(root, only);
  return {
    changes,
    gone: gone(before, after),
    problems: [
      ...problems,
      ...worse(changes, createCompiler(root)),
      ...added(before.map(kindOf), after.map(kindOf)).map((kind) => `${kind} is found where it was not before`),
      ...again.changes.map(({ path }) => `${path}: changed again by a second run`),
    ],
  };
}

interface Fixed {
  readonly changes: readonly Change[];
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly problems: readonly string[];
}

async function fixAll(root: string, only: readonly string[]): Promise<Fixed> {
  const project = await opened(root, only);
  const { workspace } = project;
  try {
    const before = findingsOf(project);
    const texts = new Map(workspace.paths().map((path) => [path, workspace.text(path)]));
    const { changed, refused } = await fixFiles(project, unstoppable, quiet);
    const changes = [...changed]
      .sort()
      .map((path) => ({ path, before: texts.get(path), after: workspace.text(path) ?? '' }));
    const problems = [
      ...[...refused].map(([path, reason]) => `${path}: not fixed because ${reason}`),
      ...workspace.failures().map(({ rule, path, error }) => `${path}: ${rule} failed: ${error}`),
    ];
    return { changes, before, after: findingsOf(project), problems };
  } finally {
    workspace.dispose();
  }
}

function gone(before: readonly Finding[], after: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of before) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  for (const { rule } of after) counts.set(rule, (counts.get(rule) ?? 0) - 1);
  return new Map([...counts].filter(([, count]) => count > 0).sort());
}
