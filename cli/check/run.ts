import type { Priority } from '#engine/api/finding.ts';
import { toEnginePath } from '#host/paths.ts';
import { leftOutKinds, type Report } from '../report.ts';
import { analyze } from './analyze.ts';
import { type Collected, collect, sum } from './collect.ts';
import { fixFiles } from './fixFiles.ts';
import { type OpenOptions, openProject } from './openProject.ts';
import { compareFindings, countByPriority } from './order.ts';
import { createPlaces, type Places } from './places.ts';
import type { ProjectTargets } from './targets.ts';

export interface RunOptions extends OpenOptions {
  readonly cwd: string;
  readonly fix: boolean;
  readonly failOn: Priority | undefined;
  readonly toolVersion: string;
}

/** Analyses projects one after the other, fixes if asked, and reports what is left. */
export async function run(projects: readonly ProjectTargets[], options: RunOptions): Promise<Report> {
  const started = performance.now();
  const collected: Collected[] = [];
  const allPlaces: Places[] = [];
  let fixed = 0;
  let filesFixed = 0;
  for (const targets of projects) {
    const project = await openProject(targets, options);
    const { workspace } = project;
    const places = createPlaces(options.cwd, (path) => workspace.text(path));
    try {
      await analyze(project, options.signal, options.progress);
      const isAskedFor = ({ rule }: { readonly rule: string }) => project.askedFor?.has(rule) !== false;
      const count = () =>
        project.targets.reduce((total, path) => total + workspace.findings(path).filter(isAskedFor).length, 0);
      const before = options.fix ? count() : 0;
      const fixes = options.fix ? await fixFiles(project, options.signal, options.progress) : undefined;
      const result = await collect(project, places);
      const refused = [...(fixes?.refused ?? [])].map(([path, reason]) => ({
        path: places.relative(path),
        message: `the file was not fixed because ${reason}.`,
      }));
      if (fixes !== undefined && fixes.changed.size > 0) fixed += Math.max(0, before - result.findings.length);
      filesFixed += fixes?.changed.size ?? 0;
      collected.push({ ...result, troubles: [...result.troubles, ...refused] });
      allPlaces.push(places);
    } finally {
      workspace.dispose();
    }
  }
  const findings = collected.flatMap((part) => part.findings).sort(compareFindings);
  const leftOut = sum(collected.map((part) => part.leftOut));
  return {
    findings,
    stats: {
      files: collected.reduce((total, part) => total + part.files, 0),
      findings: countByPriority(findings),
      fixed,
      filesFixed,
      leftOut: Object.fromEntries(leftOutKinds.map((kind) => [kind, leftOut[kind] ?? 0])) as Report['stats']['leftOut'],
      durationMs: Math.round(performance.now() - started),
    },
    configProblems: collected.flatMap((part) => part.configProblems),
    troubles: collected.flatMap((part) => part.troubles),
    failOn: options.failOn,
    rules: options.rules,
    toolVersion: options.toolVersion,
    cwd: toEnginePath(options.cwd),
    lines(path) {
      for (const places of allPlaces) {
        const lines = places.lines(path);
        if (lines !== undefined) return lines;
      }
      return undefined;
    },
  };
}
