import type { DataNode, DataObject, Span } from '#api';
import { jobsOf, ownEntry, ownText, type WorkflowJob, type WorkflowStep } from '../../_shared/delivery/workflow.ts';

/** A checkout of what a stranger wrote, in a workflow that has the rights of the repository. */
export interface HeadCheckout {
  readonly span: Span;
  readonly message: 'headRun' | 'headCheckout';
}

/** Names of what a pull request brings. */
const HEAD =
  /github\.event\.pull_request\.head\.(?:sha|ref)|github\.head_ref|refs\/pull\/|github\.event\.pull_request\.head\.repo/;
/** Conditions that let only some pull requests through. */
const GATE =
  /head\.repo|\.fork\b|author_association|\blabels?\b|\.label\.|actor|merged|user\.login|user\.type|environment|permission|github\.repository\b|\.outputs\./i;
/** Programs that run, or install and so run, what lies in the folder. */
const RUNS =
  /(?:^|[\s;&|(])(?:npm|npx|yarn|pnpm|pnpx|bun|bunx|node|deno|make|docker(?:\s+compose|\s+buildx)?\s+build|docker-compose|pip|python3?|poetry|cargo|go|mvn|gradle|bundle|composer|(?:ba)?sh\s+\S+\.sh)(?=\s|$)|(?:^|[\s;&|(])\.\/\S/m;

/** Whether a workflow runs for pull requests with the rights of the branch they go to. */
function isPrivileged(root: DataNode | undefined): boolean {
  const on = ownEntry(root, 'on')?.value;
  if (on?.kind === 'scalar') return on.value === 'pull_request_target';
  if (on?.kind === 'array')
    return on.items.some((item) => item.kind === 'scalar' && item.value === 'pull_request_target');
  return ownEntry(on, 'pull_request_target') !== undefined;
}

/** Checkouts of the head of a pull request in jobs that any pull request starts. */
export function headCheckouts(root: DataNode | undefined): readonly HeadCheckout[] {
  if (!isPrivileged(root)) return [];
  const jobs = jobsOf(root);
  return jobs.flatMap((job) =>
    isGated(job, jobs) ? [] : job.steps.flatMap((step, index) => headOf(step, job.steps.slice(index + 1))),
  );
}

function headOf(step: WorkflowStep, later: readonly WorkflowStep[]): readonly HeadCheckout[] {
  if (!/^actions\/checkout@/.test(String(step.uses?.value ?? '')) || GATE.test(ownText(step.node, 'if'))) return [];
  const given = ownEntry(step.node, 'with')?.value;
  const entry = ['ref', 'repository'].map((key) => ownEntry(given, key)).find((each) => HEAD.test(textOf(each?.value)));
  if (entry === undefined) return [];
  // In a folder of its own it may be read only.
  const isApart = ownEntry(given, 'path') !== undefined;
  const runs =
    !isApart && later.some(({ run, uses }) => RUNS.test(textOf(run)) || String(uses?.value ?? '').startsWith('./'));
  return [{ span: entry.span, message: runs ? 'headRun' : 'headCheckout' }];
}

/** A job waits for a person or for another job that decides, or asks itself who the pull request is from. */
function isGated({ node }: WorkflowJob, jobs: readonly WorkflowJob[]): boolean {
  if (ownEntry(node, 'environment') !== undefined || GATE.test(ownText(node, 'if'))) return true;
  const needs = ownEntry(node, 'needs')?.value;
  const names = needs?.kind === 'array' ? needs.items.map(textOf) : [textOf(needs)];
  return jobs.some((job) => names.includes(job.id) && decides(job.node));
}

function decides(node: DataObject): boolean {
  return ownEntry(node, 'environment') !== undefined || GATE.test(ownText(node, 'if'));
}

function textOf(node: DataNode | undefined): string {
  return node?.kind === 'scalar' ? String(node.value) : '';
}
