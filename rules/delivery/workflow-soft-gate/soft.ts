import type { DataDocument, DataEntry, DataObject, DataScalar, Span } from '#api';
import { type Command, commandsIn } from '../../_shared/delivery/shell.ts';
import { jobsOf, ownEntry, type WorkflowJob, type WorkflowStep } from '../../_shared/delivery/workflow.ts';
import { informs, isGate } from './gates.ts';

/** A step that runs a script. */
type Step = WorkflowStep & { readonly run: DataScalar };

/** A way in which a workflow goes on although a check failed. */
export interface SoftGate {
  readonly span: Span;
  readonly message: 'step' | 'job' | 'swallowed' | 'noTests' | 'forced';
  /** The check, as a person would call it. */
  readonly command: string;
}

/** Finds the checks of a workflow that cannot fail it. */
export function softGates(document: DataDocument): readonly SoftGate[] {
  return jobsOf(document.roots[0]).flatMap((job) => {
    if (informs(`${job.id} ${job.name}`) || correctsItself(job)) return [];
    const steps = job.steps.filter(isScript).filter(({ name, id }) => !informs(`${name} ${id}`));
    return [...softJob(document, job, steps), ...steps.flatMap((step) => softStep(document, step))];
  });
}

/** Actions that commit what the steps before them mended. */
const CORRECTS = /^(?:autofix-ci\/action|stefanzweifel\/git-auto-commit-action|EndBug\/add-and-commit)(?:@|$)/;

/** A job that mends the code, whose checks are for another one to judge. */
function correctsItself({ steps }: WorkflowJob): boolean {
  return steps.some(({ uses }) => typeof uses?.value === 'string' && CORRECTS.test(uses.value));
}

/** Somebody wrote down that a job may fail, and why. */
const MAY_FAIL = /#.*\b(?:(?:allowed|free) to fail|may fail|non-?blocking|not blocking|advisory|informational)\b/i;

function isMeant(text: string, job: WorkflowJob, soft: DataEntry): boolean {
  return MAY_FAIL.test(text.slice(job.idSpan.end, soft.span.end));
}

function isScript(step: WorkflowStep): step is Step {
  return step.run !== undefined;
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
  const soft = softEntry(job.node);
  if (soft === undefined || isJudged(text, 'needs', job.id) || isMeant(text, job, soft)) return [];
  const gate = steps.flatMap((step) => gatesOf(text, step))[0];
  return gate === undefined ? [] : [{ span: soft.span, message: 'job', command: shown(gate) }];
}

function softStep({ text }: DataDocument, step: Step): readonly SoftGate[] {
  const commands = commandsIn(text, step.run.span);
  const gate = commands.find((command) => isGate(command.text));
  const found: SoftGate[] = [];
  const soft = softEntry(step.node);
  if (soft !== undefined && gate !== undefined && !isJudged(text, 'steps', step.id)) {
    found.push({ span: soft.span, message: 'step', command: shown(gate) });
  }
  return [...found, ...swallowed(text, commands), ...commands.flatMap(flags)];
}

function gatesOf(text: string, { run }: Step): readonly Command[] {
  return commandsIn(text, run.span).filter((command) => isGate(command.text));
}

const SWALLOWS = /^(?:true|:|exit 0|echo\b(?![^\n]*(?:>|\$\?|GITHUB_)).*)$/;

/** `check || true`, also behind `cd folder &&`. What a later line judges is left alone. */
function swallowed(text: string, commands: readonly Command[]): readonly SoftGate[] {
  return commands.flatMap((command, index) => {
    const before = commands[index - 1];
    if (before?.operator !== '||' || !SWALLOWS.test(command.text)) return [];
    if (command.operator !== '\n' && command.operator !== '' && command.operator !== ';') return [];
    let first = index - 1;
    while (commands[first - 1]?.operator === '&&') first--;
    const gate = commands.slice(first, index).find((each) => isGate(each.text));
    // A pipe hands the output to something that may judge it.
    if (gate === undefined || commands[first - 1]?.operator === '|') return [];
    const rest = commands.slice(index + 1);
    if (rest.some((each) => /\bexit\s+["']?[1-9$]|::error/.test(each.text))) return [];
    const start = before.end + (/^\s*/.exec(text.slice(before.end))?.[0].length ?? 0);
    return [{ span: { start, end: command.end }, message: 'swallowed', command: shown(gate) }];
  });
}

/** Commands that look at what changed alone, where there may be nothing to test. */
const PARTIAL = /--(?:changed|since|related|findRelatedTests|onlyChanged|changedSince|affected|shard)|\baffected\b/;

function flags({ text, start }: Command): readonly SoftGate[] {
  const found = (pattern: RegExp, message: SoftGate['message']): readonly SoftGate[] => {
    const match = pattern.exec(text);
    if (match === null) return [];
    const from = start + match.index;
    return [{ span: { start: from, end: from + match[0].length }, message, command: shown({ text }) }];
  };
  const gate = isGate(text) && !PARTIAL.test(text);
  const install = /^npm\s+(?:ci|install|i)\b/.test(text) && !/\s(?:-g|--global)\b/.test(text);
  return [
    ...(gate ? found(/(?<=\s)--pass-?[wW]ith-?[nN]o-?[tT]ests(?:=true)?(?=$|\s)/, 'noTests') : []),
    ...(install ? found(/(?<=\s)(?:--force|-f)(?=$|\s)/, 'forced') : []),
  ];
}

function shown({ text }: Pick<Command, 'text'>): string {
  const line = text.replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
