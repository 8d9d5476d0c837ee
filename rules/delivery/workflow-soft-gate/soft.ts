import type { DataDocument, DataEntry, DataObject, DataScalar } from '#api';
import { type Command, commandsIn } from '../../_shared/delivery/shell.ts';
import { jobsOf, ownEntry, type WorkflowJob, type WorkflowStep } from '../../_shared/delivery/workflow.ts';
import { type SoftCommand, shownCommand, softFlags, swallowedChecks } from './commands.ts';
import { goneOn } from './forgotten.ts';
import { corrects, informs, isGate, saysMayFail } from './gates.ts';

/** A step that runs a script. */
export type Step = WorkflowStep & { readonly run: DataScalar };

/** A way in which a workflow goes on although a check failed. */
export interface SoftGate extends Omit<SoftCommand, 'message'> {
  readonly message: 'step' | 'job' | 'goesOn' | SoftCommand['message'];
}

/** Finds the checks of a workflow that cannot fail it. */
export function softGates(document: DataDocument): readonly SoftGate[] {
  return jobsOf(document.roots[0]).flatMap((job) => {
    if (isLeftOut(job)) return [];
    const steps = job.steps.filter(isScript);
    return [...softJob(document, job, steps), ...steps.flatMap((step) => softStep(document, step))];
  });
}

/** Whether a job informs, or mends what it finds. */
export function isLeftOut(job: WorkflowJob): boolean {
  return informs(`${job.id} ${job.name}`) || correctsItself(job);
}

/** A job that mends the code, whose checks are for another one to judge. */
function correctsItself({ steps }: WorkflowJob): boolean {
  return steps.some(({ uses }) => typeof uses?.value === 'string' && corrects(uses.value));
}

function isMeant(text: string, job: WorkflowJob, soft: DataEntry): boolean {
  return saysMayFail(text.slice(job.idSpan.end, soft.span.end));
}

/** Whether a step runs a script, and does not only inform. */
export function isScript(step: WorkflowStep): step is Step {
  return step.run !== undefined && !informs(`${step.name} ${step.id}`);
}

/** `continue-on-error: true` of a job, where nothing looks at how it ended and nobody wrote why. */
export function softJobEntry(text: string, job: WorkflowJob): DataEntry | undefined {
  const soft = softEntry(job.node);
  return soft === undefined || isJudged(text, 'needs', job.id) || isMeant(text, job, soft) ? undefined : soft;
}

/** The same of a step. */
export function softStepEntry(text: string, step: WorkflowStep): DataEntry | undefined {
  const soft = softEntry(step.node);
  return soft === undefined || isJudged(text, 'steps', step.id) ? undefined : soft;
}

/** `continue-on-error: true` of a step or job. */
function softEntry(node: DataObject): DataEntry | undefined {
  const entry = ownEntry(node, 'continue-on-error');
  return entry?.value?.kind === 'scalar' && entry.value.value === true ? entry : undefined;
}

/** Whether something in the workflow looks at how a step or job ended. */
function isJudged(text: string, kind: 'steps' | 'needs', id: string): boolean {
  return id !== '' && (text.includes(`${kind}.${id}.`) || text.includes(`${kind}['${id}']`));
}

function softJob({ text }: DataDocument, job: WorkflowJob, steps: readonly Step[]): readonly SoftGate[] {
  const soft = softJobEntry(text, job);
  if (soft === undefined) return [];
  const gate = steps.flatMap((step) => gatesOf(text, step))[0];
  return gate === undefined ? [] : [{ span: soft.span, message: 'job', command: shownCommand(gate) }];
}

function softStep({ text }: DataDocument, step: Step): readonly SoftGate[] {
  const commands = commandsIn(text, step.run.span);
  const gate = commands.find((command) => isGate(command.text));
  const found: SoftGate[] = [];
  const soft = softStepEntry(text, step);
  if (soft !== undefined && gate !== undefined) {
    found.push({ span: soft.span, message: 'step', command: shownCommand(gate) });
  }
  return [
    ...found,
    ...swallowedChecks(text, commands),
    ...goneOn(commands).map((one) => ({ ...one, message: 'goesOn' as const })),
    ...commands.flatMap((command) => softFlags(text, command)),
  ];
}

function gatesOf(text: string, { run }: Step): readonly Command[] {
  return commandsIn(text, run.span).filter((command) => isGate(command.text));
}
