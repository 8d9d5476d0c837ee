import type { Finding } from '#engine/api/finding.ts';
import type { RegisteredRule } from '#engine/api/rule.ts';
import { createConfiguration } from '#engine/config/configuration.ts';
import type { Configuration } from '#engine/config/types.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import type { Host } from '#engine/workspace/host.ts';
import type { Lane, Scheduler, Workspace } from '#engine/workspace/workspace.ts';
import { createMemoryHost } from '#host/memory.ts';
import { packagesFor } from './packages.ts';
import { type Files, root } from './virtualFiles.ts';

/** Work that nobody interrupts. */
const unhurried: Scheduler = { budget: Number.POSITIVE_INFINITY, pause: () => Promise.resolve(), superseded: false };

/** The day on which fixtures are looked at, for waivers that end. */
const FIXTURE_DAY = '2026-06-01';

/** Which rules run, and with what. */
export interface RuleSelection {
  readonly rules: readonly RegisteredRule[];
  /** The rule under test: on even where it is off by default. */
  readonly rule: RegisteredRule;
  /** Options of the rule under test. */
  readonly options: unknown;
}

/** What workspaces over the same files share. */
export interface Surroundings {
  readonly files: Files;
  readonly rules: readonly RegisteredRule[];
  readonly host: Host;
  readonly configuration: Configuration;
}

/** Lists are kept, because a configuration is quicker for a list of rules it has seen. */
const untyped = new WeakMap<readonly RegisteredRule[], readonly RegisteredRule[]>();

/** The rules that need no type checker: only a rule that has one itself is worth its time. */
function withoutTypes(rules: readonly RegisteredRule[]): readonly RegisteredRule[] {
  const kept = untyped.get(rules) ?? rules.filter((rule) => !rule.types);
  untyped.set(rules, kept);
  return kept;
}

/** Puts files into memory and reads their configuration. Throws when it has a mistake. */
export function surroundings(files: Files, { rule, rules: all, options }: RuleSelection): Surroundings {
  const rules = rule.types ? all : withoutTypes(all);
  const packages = rule.types ? packagesFor(files) : undefined;
  const memory = createMemoryHost(Object.fromEntries(files), packages);
  const host = packages ? { ...memory, realPath: packages.realPath } : memory;
  const settings = { rules: { [rule.id]: options === undefined ? 'on' : { enabled: true, options } } };
  const configuration = createConfiguration({ root, host, rules, settings });
  for (const path of files.keys()) configuration.for(path);
  const problems = [
    ...configuration.settingsProblems.map(({ at, message }) => `${at}: ${message}`),
    ...configuration.problems().map(({ path, message }) => `${path}: ${message}`),
  ];
  if (problems.length > 0) throw new Error(`The configuration of a fixture is wrong: ${problems.join('; ')}`);
  return { files, rules, host, configuration };
}

/** A workspace over files in memory that are all known and none of them open. */
export function openWorkspace({ files, rules, host, configuration }: Surroundings): Workspace {
  const workspace = createWorkspace({ root, rules, host, configuration, today: () => FIXTURE_DAY });
  workspace.refresh([...files.keys()]);
  return workspace;
}

/** Runs lanes of a document to their end and returns what they found, in source order. */
export async function runToEnd(
  workspace: Workspace,
  path: string,
  lanes: readonly Lane[] = ['syntax', 'types', 'project', 'checklist'],
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const lane of lanes) {
    const result = await workspace.analyze(path, lane, unhurried);
    if (result === 'superseded') throw new Error(`The ${lane} lane of ${path} was superseded by nothing.`);
    found.push(...result.findings);
  }
  const failures = workspace.failures();
  if (failures.length > 0) throw new Error(failures.map(({ rule, error }) => `${rule} threw: ${error}`).join('\n'));
  return found.sort((a, b) => a.start - b.start || a.end - b.end || (a.messageId < b.messageId ? -1 : 1));
}

/** Findings of all documents by path. */
export async function runAll(
  workspace: Workspace,
  lanes?: readonly Lane[],
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const all = new Map<string, readonly Finding[]>();
  for (const path of workspace.paths().toSorted()) {
    all.set(path, await runToEnd(workspace, path, lanes));
  }
  return all;
}
