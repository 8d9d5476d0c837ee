import { type Anchor, type DataDocument, type DataNode, type DockerDocument, facet, type Span } from '#api';
import { decidingCommands } from './deciding.ts';
import { commandsIn, commandsOf } from './shell.ts';
import { isWorkflow, jobsOf, ownEntry, ownText, type WorkflowJob, type WorkflowStep } from './workflow.ts';
import { withoutBlanks } from './workflowExpressions.ts';

/** What starts a workflow. */
export interface WorkflowEvent {
  readonly name: string;
  /** Files and folders it is limited to. */
  readonly paths: readonly string[];
  /** Of a push: the branches it is limited to. */
  readonly branches: readonly string[];
  /** Of a push: only tags start it. */
  readonly onlyTags: boolean;
}

/** What is kept of a step; texts that are not there are empty. */
export interface StepFacts {
  readonly name: string;
  /** The action, with its version. */
  readonly uses: string;
  /** Inputs of the action that are texts. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Commands of its script, blanks made one. */
  readonly commands: readonly string[];
  /** Those with whose failure the step fails, and `cd` between them. */
  readonly deciding: readonly string[];
  /** The job goes on whatever becomes of it. */
  readonly isSoft: boolean;
  /** Those among them that install what package.json asks for, whatever the lock file says: `npm install`. */
  readonly looseInstalls: readonly Anchor[];
  readonly condition: string;
  /** The folder it works in, as written; empty for the top of the repository. */
  readonly folder: string;
}

/** What is kept of a job; texts that are not there are empty. */
export interface JobFacts {
  /** Empty for a composite action and for an image. */
  readonly id: string;
  readonly name: string;
  readonly at: Anchor;
  readonly needs: readonly string[];
  /** The workflow it calls instead of having steps. */
  readonly calls: string;
  /** What it hands to that workflow. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Values of its matrix by the names under which expressions read them: `task`, `config.command`. */
  readonly matrix: Readonly<Record<string, readonly string[]>>;
  readonly hasEnvironment: boolean;
  readonly condition: string;
  /** The workflow goes on whatever becomes of it. */
  readonly isSoft: boolean;
  readonly steps: readonly StepFacts[];
}

/** One workflow, composite action, or image whose build checks something. */
export interface WorkflowFacts {
  readonly kind: 'workflow' | 'action' | 'image';
  readonly events: readonly WorkflowEvent[];
  /** Its own inputs with their defaults, empty for those that have none. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly jobs: readonly JobFacts[];
}

type Remember = (place: Span) => Anchor;

/** With flags alone that `npm ci` knows too. */
const LOOSE_INSTALL =
  /^npm (?:install|i)(?: --(?:legacy-peer-deps|ignore-scripts|no-audit|no-fund|no-progress|prefer-offline|include=dev|verbose|silent|quiet))*$/;

/** More than a person writes into one file. */
const MAX_COMMANDS = 400;
const MAX_TEXT = 400;
/** Inputs may be scripts. */
const MAX_INPUT = 4000;

/** Workflows and actions of GitHub, with Dockerfiles that check while they build. */
export const workflowFacet = facet<never, WorkflowFacts>({
  name: 'delivery/workflows',
  documents: {
    languages: ['yaml', 'dockerfile'],
    fold(document, { path, at }) {
      if (document.language === 'dockerfile') return imageFacts(document, at);
      const kind = isWorkflow(path) ? 'workflow' : /\/action\.ya?ml$/.test(path) ? 'action' : undefined;
      if (kind === undefined || document.language !== 'yaml') return undefined;
      const jobs = jobsOf(document.roots[0]);
      if (jobs.length === 0) return undefined;
      const folder = folderFor(document.roots[0]);
      return {
        kind,
        events: eventsOf(document.roots[0]),
        inputs: inputsOf(document.roots[0], kind),
        jobs: jobs.map((job) => jobFacts(document, job, folder, at)),
      };
    },
  },
});

function jobFacts(document: DataDocument, job: WorkflowJob, around: string, at: Remember): JobFacts {
  const folder = folderFor(job.node) || around;
  return {
    id: job.id,
    name: job.name,
    at: at(job.idSpan),
    needs: textsAt(job.node, 'needs'),
    calls: job.uses === undefined ? '' : String(job.uses.value),
    inputs: job.uses === undefined ? {} : handedTo(job.node),
    matrix: matrixOf(job.node),
    hasEnvironment: ownEntry(job.node, 'environment') !== undefined,
    condition: ownText(job.node, 'if'),
    isSoft: isSoft(job.node),
    steps: job.steps.map((step) => stepFacts(document, step, folder, at)),
  };
}

function stepFacts({ text }: DataDocument, step: WorkflowStep, around: string, at: Remember): StepFacts {
  const commands = step.run === undefined ? [] : commandsIn(text, step.run.span);
  return {
    name: step.name,
    uses: step.uses === undefined ? '' : String(step.uses.value),
    inputs: step.uses === undefined ? {} : handedTo(step.node),
    commands: commands.slice(0, MAX_COMMANDS).map((command) => plain(command.text)),
    deciding: decidingCommands(commands.slice(0, MAX_COMMANDS), true).map((command) => plain(command.text)),
    isSoft: isSoft(step.node),
    looseInstalls: commands.filter(({ text }) => LOOSE_INSTALL.test(plain(text))).map(at),
    condition: ownText(step.node, 'if'),
    folder: ownText(step.node, 'working-directory') || around,
  };
}

/** `continue-on-error: true`; what depends on something holds at times. */
function isSoft(node: DataNode): boolean {
  return ownText(node, 'continue-on-error') === 'true';
}

/** Texts under `with`. */
function handedTo(node: DataNode): Readonly<Record<string, string>> {
  const inputs = ownEntry(node, 'with')?.value;
  if (inputs?.kind !== 'object') return {};
  return Object.fromEntries(
    inputs.entries.flatMap(({ key, value }) =>
      value?.kind === 'scalar' ? [[key, String(value.value ?? '').slice(0, MAX_INPUT)]] : [],
    ),
  );
}

/** Builds that test or lint are checks of the workflow that builds them. */
function imageFacts(document: DockerDocument, at: Remember) {
  const [first] = document.instructions;
  const commands = document.instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap(({ argument, heredocs }) => [argument, ...heredocs.map(({ body }) => body)].flatMap(commandsOf))
    .map(({ text }) => plain(text))
    .filter((text) => /test|lint|tsc|check|audit|biome|build|mvn|gradle/.test(text));
  if (first === undefined || commands.length === 0) return undefined;
  const step: StepFacts = {
    name: '',
    uses: '',
    inputs: {},
    commands,
    deciding: [],
    isSoft: false,
    looseInstalls: [],
    condition: '',
    folder: '',
  };
  const job = {
    id: '',
    name: '',
    needs: [],
    calls: '',
    inputs: {},
    matrix: {},
    hasEnvironment: false,
    condition: '',
    isSoft: false,
    steps: [step],
  };
  return { kind: 'image' as const, events: [], inputs: {}, jobs: [{ ...job, at: at(first.span) }] };
}

function plain(command: string): string {
  return withoutBlanks(command.replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ')).slice(0, MAX_TEXT);
}

/** Inputs of an action, or of a workflow that others call or people start. */
function inputsOf(root: DataNode | undefined, kind: 'workflow' | 'action'): Readonly<Record<string, string>> {
  const on = ownEntry(root, 'on')?.value;
  const holders =
    kind === 'action' ? [root] : ['workflow_dispatch', 'workflow_call'].map((event) => ownEntry(on, event)?.value);
  return Object.fromEntries(
    holders.flatMap((holder) => {
      const inputs = ownEntry(holder, 'inputs')?.value;
      return inputs?.kind === 'object' ? inputs.entries.map(({ key, value }) => [key, ownText(value, 'default')]) : [];
    }),
  );
}

/** Larger matrices try versions, not commands. */
const MAX_VALUES = 40;

function matrixOf(job: DataNode): Readonly<Record<string, readonly string[]>> {
  const matrix = ownEntry(ownEntry(job, 'strategy')?.value, 'matrix')?.value;
  if (matrix?.kind !== 'object') return {};
  const values: Record<string, readonly string[]> = {};
  const add = (name: string, node: DataNode | undefined, depth: number): void => {
    if (node?.kind === 'array') for (const item of node.items) add(name, item, depth);
    else if (node?.kind === 'object' && depth < 2) {
      for (const { key, value } of node.entries) add(name === '' ? key : `${name}.${key}`, value, depth + 1);
    } else if (node?.kind === 'scalar' && node.value !== null) {
      const known = values[name] ?? [];
      if (known.length < MAX_VALUES) values[name] = [...known, String(node.value)];
    }
  };
  for (const { key, value } of matrix.entries) {
    if (key === 'include') add('', value, 0);
    else if (key !== 'exclude') add(key, value, 0);
  }
  return values;
}

function eventsOf(root: DataNode | undefined): readonly WorkflowEvent[] {
  const on = ownEntry(root, 'on')?.value;
  if (on?.kind !== 'object') {
    return textsAt(root, 'on').map((name) => ({ name, paths: [], branches: [], onlyTags: false }));
  }
  return on.entries.map(({ key, value }) => {
    const branches = textsAt(value, 'branches');
    const filtersBranches = ['branches', 'branches-ignore'].some((name) => ownEntry(value, name) !== undefined);
    return {
      name: key,
      paths: textsAt(value, 'paths'),
      branches,
      onlyTags: ownEntry(value, 'tags') !== undefined && !filtersBranches,
    };
  });
}

/** One text or a list of them. */
function textsAt(node: DataNode | undefined, key: string): readonly string[] {
  const value = ownEntry(node, key)?.value;
  if (value?.kind === 'scalar') return value.value === null ? [] : [String(value.value)];
  if (value?.kind !== 'array') return [];
  return value.items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []));
}

/** `defaults.run.working-directory` of a workflow or job. */
export function folderFor(node: DataNode | undefined): string {
  return ownText(ownEntry(ownEntry(node, 'defaults')?.value, 'run')?.value, 'working-directory');
}
