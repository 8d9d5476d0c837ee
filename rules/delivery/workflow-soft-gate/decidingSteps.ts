import type { WorkflowReader } from '../../_shared/delivery/workflowChecks.ts';
import { filled, inputValues, isNever, jobValues, type Values } from '../../_shared/delivery/workflowExpressions.ts';
import type { JobFacts, StepFacts, WorkflowFacts } from '../../_shared/delivery/workflowFacet.ts';
import { resolvePath } from '../../_shared/filePath.ts';
import { corrects } from './gates.ts';

/** A script that a workflow runs and whose failure makes the workflow fail. */
export interface DecidingStep {
  /** The workflow, also where an action or another workflow that it calls holds the step. */
  readonly path: string;
  /** The job of that workflow. */
  readonly job: JobFacts;
  /** Commands with what their expressions stand for, and `cd` between them. */
  readonly commands: readonly string[];
  /** The folder that the script begins in, absolute. */
  readonly folder: string;
}

/** Calls that lead further than this are not followed. */
const MAX_DEPTH = 5;
/** More than the workflows of a repository have. */
const MAX_STEPS = 5000;
/** Stands in no command. */
const BETWEEN = '\u0000';

/**
 * Steps of all workflows, through composite actions and called workflows of the workspace.
 * @param isLeftOut whether a workflow, job or step of that name is none that decides
 */
export function decidingSteps(
  reader: WorkflowReader,
  root: string,
  isLeftOut: (name: string) => boolean,
): readonly DecidingStep[] {
  const found: DecidingStep[] = [];
  let visited = 0;

  function visitFile(facts: WorkflowFacts, values: Values, depth: number, at: { path: string; job?: JobFacts }): void {
    for (const job of facts.jobs) {
      if (job.isSoft || isNever(job.condition, values) || isLeftOut(`${job.id} ${job.name}`)) continue;
      if (job.steps.some(({ uses }) => corrects(uses))) continue;
      const known = jobValues(job, values);
      const place = { path: at.path, job: at.job ?? job };
      if (job.calls !== '') visitCalled(job.calls, job.inputs, known, depth, place);
      for (const step of job.steps) visitStep(step, known, depth, place);
    }
  }

  function visitCalled(
    uses: string,
    given: StepFacts['inputs'],
    values: Values,
    depth: number,
    at: { path: string; job: JobFacts },
  ): void {
    const facts = depth < MAX_DEPTH ? reader.local(uses) : undefined;
    if (facts !== undefined) visitFile(facts, inputValues(facts, given, values), depth + 1, at);
  }

  function visitStep(step: StepFacts, values: Values, depth: number, at: { path: string; job: JobFacts }): void {
    if (step.isSoft || isNever(step.condition, values) || isLeftOut(step.name)) return;
    if (++visited > MAX_STEPS) return;
    if (step.uses !== '') visitCalled(step.uses, step.inputs, values, depth, at);
    if (step.deciding.length === 0) return;
    for (const text of filled([step.folder, ...step.deciding].join(BETWEEN), values)) {
      const [folder = '', ...commands] = text.split(BETWEEN);
      const local = folder.replace(/^\$\{\{\s*github\.workspace\s*\}\}\/?/, '');
      if (!/^\/|\$/.test(local)) found.push({ ...at, commands, folder: resolvePath(root, local) });
    }
  }

  for (const { path, facts } of reader.workflows) {
    // What others alone call is read where they do, with what they hand to it.
    const isCalled = facts.events.every(({ name }) => name === 'workflow_call');
    if (isCalled || isLeftOut(path.slice(path.lastIndexOf('/') + 1))) continue;
    visitFile(facts, inputValues(facts, {}, new Map()), 0, { path });
  }
  return found;
}
