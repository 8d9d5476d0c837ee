import type { FileValue } from '#api';
import type { WorkflowReader } from '../../_shared/delivery/workflowChecks.ts';
import type { JobFacts, WorkflowEvent, WorkflowFacts } from '../../_shared/delivery/workflowFacet.ts';
import { folderOf } from '../../_shared/filePath.ts';
import type { PackageScripts } from '../../_shared/project/scriptsFacet.ts';
import { deploymentOf, isRehearsal } from './deployments.ts';

export interface UngatedJob {
  readonly path: string;
  readonly job: JobFacts;
  /** What it deploys with. */
  readonly command: string;
  /** The job of the same workflow that tests; `undefined` where no test runs before the deployment anywhere. */
  readonly test: string | undefined;
}

/** What stands between a push and users besides `needs`. */
const WAITS = /wait-(?:on|for)|wait_for|check-runs?|\bgh run watch|\bgh pr checks|approval|required/i;
/** Conditions by which a job runs for something that a person did on purpose, or for the work on a change. */
const BY_HAND =
  /tags?\/|ref_type|'release'|workflow_dispatch|inputs\.|pull_request|workflow_run|repository_dispatch|approv/;
const FOR_WORK =
  /^(?:dev\w*|stag\w+|test\w*|qa|preview\w*|next|beta|alpha|canary|feature.*|feat.*|sandbox|demo)(?:$|[/-])/i;

/** Deployments that wait for no test. */
export function ungatedJobs(
  reader: WorkflowReader,
  scripts: Iterable<FileValue<PackageScripts>>,
  tests: Iterable<FileValue<true>>,
): readonly UngatedJob[] {
  const tested = [...tests].map(({ path }) => path);
  const packages = [...scripts].filter(({ path }) => tested.some((one) => one.startsWith(`${folderOf(path)}/`)));
  return reader.workflows.flatMap(({ path, facts }) =>
    facts.jobs.flatMap((job): readonly UngatedJob[] => {
      const found = ungated(job, facts, reader);
      if (found === undefined) return [];
      const { command, by } = found;
      const test = testBeside(job, facts, reader);
      if (test !== undefined) return [{ path, job, command, test }];
      const isShippedUnseen =
        !isForReaders(path, facts, job) &&
        !isForReaders(path, facts, by) &&
        hasTests(packages, by) &&
        isPushed(facts, job) &&
        !mayTestElsewhere(job, facts, reader) &&
        !isTestedBefore(reader);
      return isShippedUnseen ? [{ path, job, command, test }] : [];
    }),
  );
}

interface Ungated {
  readonly command: string;
  /** The job whose steps deploy: the job itself, or one of the workflow that it calls. */
  readonly by: JobFacts;
}

/** A job that deploys something before anything that may be a test. */
function ungated(job: JobFacts, facts: WorkflowFacts, reader: WorkflowReader): Ungated | undefined {
  if (job.hasEnvironment || WAITS.test(JSON.stringify(job.steps))) return undefined;
  const found = job.calls === '' ? deploysItself(job, reader) : deploysByCall(job, reader);
  if (found === undefined) return undefined;
  return upstream(job, facts.jobs).some((one) => mayTestIn(one, reader)) ? undefined : found;
}

function deploysItself(job: JobFacts, reader: WorkflowReader): Ungated | undefined {
  const command = deploymentIn(job, reader);
  return command === undefined ? undefined : { command, by: job };
}

/** What a called workflow deploys without a test of its own before it. */
function deploysByCall(job: JobFacts, reader: WorkflowReader): Ungated | undefined {
  const called = reader.local(job.calls);
  const told = Object.entries(job.inputs).map(([key, value]) => `${key} ${value}`);
  if (called?.kind !== 'workflow' || [...told, `${job.id} ${job.name}`, job.condition].some(isRehearsal))
    return undefined;
  for (const inner of called.jobs) {
    // One that lies beside its own tests is told about where it is written.
    const found = inner.calls === '' ? ungated(inner, called, reader) : undefined;
    if (found !== undefined && testBeside(inner, called, reader) === undefined) return found;
  }
  return undefined;
}

/** `undefined` where a step before it may test as well. */
function deploymentIn(job: JobFacts, reader: WorkflowReader): string | undefined {
  for (const step of job.steps) {
    const command = deploymentOf(step, job, reader);
    const { gates, unknown } = reader.checksOfStep(step, job);
    if (gates.has('test') || (unknown && command === undefined)) return undefined;
    if (command !== undefined) return command;
  }
  return undefined;
}

function mayTestIn(job: JobFacts, reader: WorkflowReader): boolean {
  const { gates, unknown } = reader.checksOfJob(job);
  return gates.has('test') || unknown || WAITS.test(`${job.id} ${job.name}`) || job.hasEnvironment;
}

/** All jobs that have to be done before one. */
function upstream(job: JobFacts, jobs: readonly JobFacts[]): readonly JobFacts[] {
  const found = new Set<JobFacts>();
  const waiting = [...job.needs];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const next = jobs.find((one) => one.id === id);
    if (next === undefined || found.has(next)) continue;
    found.add(next);
    waiting.push(...next.needs);
  }
  return [...found];
}

/** A job that tests in the same runs as the deployment, and that does not wait for it in its turn. */
function testBeside(job: JobFacts, { jobs }: WorkflowFacts, reader: WorkflowReader): string | undefined {
  return jobs.find((other) => {
    if (other === job || (other.condition !== '' && other.condition !== job.condition)) return false;
    if (!reader.checksOfJob(other).gates.has('test') || deploymentIn(other, reader) !== undefined) return false;
    return !upstream(other, jobs).includes(job);
  })?.id;
}

/** Whether a push to a branch that users get is enough to start a job. */
function isPushed({ events, jobs }: WorkflowFacts, job: JobFacts): boolean {
  const push = events.find(({ name }) => name === 'push');
  if (push === undefined || push.onlyTags || events.some(({ name }) => name === 'workflow_run')) return false;
  if ([job, ...upstream(job, jobs)].some(({ condition }) => BY_HAND.test(condition))) return false;
  return push.branches.length === 0 || push.branches.some((branch) => !FOR_WORK.test(branch));
}

/** Whether any other job of the workflow may test, in whatever way it is connected. */
function mayTestElsewhere(job: JobFacts, { jobs }: WorkflowFacts, reader: WorkflowReader): boolean {
  return jobs.some((other) => other !== job && mayTestIn(other, reader));
}

/** Whether changes are tested before they are merged. */
function isTestedBefore({ workflows, checksOfJob }: WorkflowReader): boolean {
  const isBefore = ({ name }: WorkflowEvent) =>
    /^(?:pull_request|pull_request_target|merge_group|workflow_call)$/.test(name);
  return workflows.some(
    ({ facts }) =>
      (facts.events.length === 0 || facts.events.some(isBefore)) &&
      facts.jobs.some((job) => {
        const { gates, unknown } = checksOfJob(job);
        return gates.has('test') || unknown;
      }),
  );
}

/** Documentation and pages, which the tests of the code say nothing about. */
const PAGES =
  /(?:^|[\s/_.-])(?:docs?|documentation|storybook|website|site|pages|blog|landing|demo|examples?)(?=$|[\s/_.*-])/i;

function isForReaders(path: string, { events }: WorkflowFacts, job: JobFacts): boolean {
  const paths = events.flatMap((event) => event.paths);
  const names = [
    path.slice(path.lastIndexOf('/')),
    job.id,
    job.name,
    ...job.steps.map(({ folder }) => folder),
    ...paths,
  ];
  return names.some((name) => PAGES.test(name));
}

/**
 * Whether the package that a job works in has a script that runs tests, or any package where it works at the top.
 * @param packages those with tests in them
 */
function hasTests(packages: readonly FileValue<PackageScripts>[], { steps }: JobFacts): boolean {
  const folders = new Set(steps.map(({ folder }) => folder.replace(/^\.\/|\/$/g, '')));
  folders.delete('');
  folders.delete('.');
  return packages.some(({ path, value }) => {
    if (folders.size > 0 && ![...folders].some((folder) => path.endsWith(`/${folder}/package.json`))) return false;
    const test = value.scripts['test'];
    return test !== undefined && !/no test specified|^(?:echo|exit|true)\b/.test(test);
  });
}
