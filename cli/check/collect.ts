import type { Finding, FixSafety } from '#engine/api/finding.ts';
import type { Workspace } from '#engine/workspace/workspace.ts';
import type { LeftOutKind, ReportedFinding, ReportedPlace, Trouble } from '../report.ts';
import type { OpenProject } from './openProject.ts';
import type { Places } from './places.ts';

/** What one project contributes to a report. */
export interface Collected {
  readonly findings: readonly ReportedFinding[];
  readonly configProblems: readonly (ReportedPlace & { readonly message: string })[];
  readonly troubles: readonly Trouble[];
  readonly leftOut: Readonly<Partial<Record<LeftOutKind, number>>>;
  /** Targets that were analysed. */
  readonly files: number;
}

/** Gathers what an analysed project has to say. */
export async function collect(project: OpenProject, places: Places): Promise<Collected> {
  const { workspace, targets } = project;
  const skipped = new Map(workspace.skipped().map((document) => [document.path, document]));
  const wanted = new Set(targets);
  const troubles: Trouble[] = workspace.failures().map(({ rule, path, error, fix }) => {
    const what = fix === undefined ? `the rule ${rule}` : `the fix "${fix}" of the rule ${rule}`;
    const message = `${what} failed and was left out for this file. Please report it: ${error.split('\n', 1)[0]}`;
    return { path: places.relative(path), rule, message };
  });
  const findings: ReportedFinding[] = [];
  let files = 0;
  for (const path of targets) {
    const skip = skipped.get(path);
    if (skip?.reason === 'too-deep') troubles.push({ path: places.relative(path), message: skip.message });
    if (skip !== undefined) continue;
    files++;
    const all = workspace.findings(path);
    const own = all.filter(({ rule }) => project.askedFor?.has(rule) !== false);
    if (own.length > 0) findings.push(...(await reported(workspace, path, own, places)));
    else if (all.length === 0 && workspace.text(path) === undefined) {
      files--;
      troubles.push({
        path: places.relative(path),
        message: 'the file could not be read. Check that it is still there and may be read.',
      });
    }
  }
  const leftOut = sum([
    ...project.leftOut.map(({ ignored, vendored, link }) => ({
      ignored: ignored.files,
      ignoredFolders: ignored.folders,
      vendoredFolders: vendored.folders,
      links: link.files + link.folders,
    })),
    ...[...skipped.values()].flatMap(({ path, reason }) => {
      const kind = SKIPPED[reason];
      return kind === undefined || !wanted.has(path) ? [] : [{ [kind]: 1 }];
    }),
    { unsupported: project.unsupported },
  ]);
  const unreadable = project.leftOut.reduce((count, { unreadable: { folders } }) => count + folders, 0);
  if (unreadable > 0) {
    troubles.push({
      path: places.relative(project.root),
      message: `${unreadable} ${unreadable === 1 ? 'folder' : 'folders'} could not be opened. Check who may read them.`,
    });
  }
  const configProblems = workspace
    .configProblems()
    .map(({ path, span, message }) => ({ ...places.place(path, span), message }));
  return { findings, configProblems, troubles, leftOut, files };
}

const SKIPPED: Readonly<Record<string, LeftOutKind | undefined>> = {
  excluded: 'excluded',
  'too-large': 'tooLarge',
  minified: 'minified',
  generated: 'generated',
  binary: 'binary',
};

async function reported(
  workspace: Workspace,
  path: string,
  findings: readonly Finding[],
  places: Places,
): Promise<readonly ReportedFinding[]> {
  const end = Math.max(...findings.map((finding) => finding.end));
  const fixes = new Map<string, FixSafety>();
  for (const { finding, safety } of await workspace.fixes(path, workspace.version(path) ?? 0, { start: 0, end })) {
    if (fixes.get(keyOf(finding)) !== 'safe') fixes.set(keyOf(finding), safety);
  }
  return findings.map((finding) => ({
    ...places.place(path, finding),
    rule: finding.rule,
    priority: finding.priority,
    message: finding.message,
    fix: fixes.get(keyOf(finding)),
    related: finding.related.map((other) => ({ ...places.place(other.path, other.span), label: other.label })),
  }));
}

function keyOf(finding: Finding): string {
  return `${finding.start} ${finding.end} ${finding.rule} ${finding.message}`;
}

/** Adds up counts by kind. */
export function sum<K extends string>(
  counts: readonly Readonly<Partial<Record<K, number>>>[],
): Partial<Record<K, number>> {
  const total: Partial<Record<K, number>> = {};
  for (const count of counts) {
    for (const kind of Object.keys(count) as K[]) total[kind] = (total[kind] ?? 0) + (count[kind] ?? 0);
  }
  return total;
}
