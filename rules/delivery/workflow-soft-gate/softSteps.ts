import { type Anchor, type DataDocument, facet, type Span } from '#api';
import { swallowsIn } from '../../_shared/delivery/deciding.ts';
import { type Command, commandsIn } from '../../_shared/delivery/shell.ts';
import { isWorkflowOrAction, jobsOf, ownText } from '../../_shared/delivery/workflow.ts';
import { folderFor } from '../../_shared/delivery/workflowFacet.ts';
import { afterBlanks, shownCommand } from './commands.ts';
import { isGate, isNoGate } from './gates.ts';
import { isLeftOut, isScript, type Step, softJobEntry, softStepEntry } from './soft.ts';

/** A place in a workflow that passes over the failure of commands which say nothing of a check, but may lead to one. */
export interface SoftStep {
  readonly at: Anchor;
  readonly message: 'step' | 'job' | 'swallowed';
  readonly commands: readonly SoftCall[];
}

/** A command that may lead to a check. */
export interface SoftCall {
  /** The folder it is called in, as written; empty for the top of the repository. */
  readonly folder: string;
  /** It, with each `cd` before it. */
  readonly commands: readonly string[];
  /** As a person would call it. */
  readonly shown: string;
}

/** Runs what is written elsewhere in the repository. */
const CALLS =
  /^(?:\w+=\S*\s+)*(?:(?:npm|pnpm|yarn|bun|npx|bunx|make|task|go-task|turbo|nx|lerna|run-[sp]|(?:ba)?sh)\s|\S+\.(?:ba)?sh\b)/;
/** What such a call is for where that is something else than to check. */
const NO_CHECK =
  /deploy|publish|release|clean|install|setup|set-up|start|serve|docs?\b|seed|migrat|prepare|generate|cache|\bstop|\bdown\b|\bup\b|kill|wait|teardown|fix|format(?!.*check)|\$/i;

/** Soft places of workflows and actions whose commands are judged by what they lead to. */
export const softStepsFacet = facet<never, readonly SoftStep[]>({
  name: 'delivery/soft-steps',
  documents: {
    languages: ['yaml'],
    fold(document, { path, at }) {
      if (document.language !== 'yaml' || !isWorkflowOrAction(path)) return undefined;
      const found = softSteps(document).map(({ span, ...rest }) => ({ ...rest, at: at(span) }));
      return found.length === 0 ? undefined : found;
    },
  },
});

type Found = Omit<SoftStep, 'at'> & { readonly span: Span };

function softSteps(document: DataDocument): readonly Found[] {
  const { text } = document;
  const [root] = document.roots;
  return jobsOf(root)
    .filter((job) => !isLeftOut(job))
    .flatMap((job) => {
      const around = folderFor(job.node) || folderFor(root);
      const steps = job.steps.filter(isScript).map((step) => readStep(text, step, around));
      const soft = softJobEntry(text, job);
      const isGated = steps.some(({ commands }) => commands.some((one) => isGate(one.text)));
      const calls = steps.flatMap((step) => callsAmong(step, step.commands));
      const ofJob: readonly Found[] =
        soft === undefined || isGated || calls.length === 0
          ? []
          : [{ span: soft.span, message: 'job', commands: calls }];
      return [...ofJob, ...steps.flatMap((step) => ofStep(text, step))];
    });
}

interface ReadStep {
  readonly step: Step;
  readonly folder: string;
  readonly commands: readonly Command[];
}

function readStep(text: string, step: Step, around: string): ReadStep {
  const folder = ownText(step.node, 'working-directory') || around;
  return { step, folder, commands: commandsIn(text, step.run.span) };
}

function ofStep(text: string, read: ReadStep): readonly Found[] {
  const { step, commands } = read;
  const found: Found[] = [];
  const soft = softStepEntry(text, step);
  const calls = callsAmong(read, commands);
  if (soft !== undefined && calls.length > 0 && !commands.some((one) => isGate(one.text))) {
    found.push({ span: soft.span, message: 'step', commands: calls });
  }
  for (const { first, by, last } of swallowsIn(commands)) {
    const list = commands.slice(first, by);
    const [before, swallow] = [commands[by - 1], commands[last]];
    const inside = callsAmong(read, list);
    if (before === undefined || swallow === undefined || inside.length === 0 || list.some((one) => isGate(one.text)))
      continue;
    const span = { start: afterBlanks(text, before.end), end: swallow.end };
    found.push({ span, message: 'swallowed', commands: inside });
  }
  return found;
}

/** Those of some commands of a step that may lead to a check. */
function callsAmong({ commands: all, folder }: ReadStep, commands: readonly Command[]): readonly SoftCall[] {
  return commands
    .filter(({ text }) => CALLS.test(text) && !NO_CHECK.test(text) && !isNoGate(text))
    .map((call) => {
      const moves = all.slice(0, all.indexOf(call)).filter(({ text }) => /^\(*\s*(?:cd|pushd|popd)\b/.test(text));
      return { folder, commands: [...moves, call].map(({ text }) => text), shown: shownCommand(call) };
    });
}
