import type { ProjectContext } from '#api';
import { folderOf, resolvePath } from '../filePath.ts';
import { scriptsFacet } from '../project/scriptsFacet.ts';
import { type Checks, checksOf, checksOfAction, type Gate } from './gateCommands.ts';
import { folderTrail } from './program.ts';
import { recipeFacet } from './recipeFacet.ts';
import { recipesByPath } from './recipeRuns.ts';
import { type Reach, reachOf, type Scripts } from './scriptCalls.ts';
import { taskFacet } from './taskFacet.ts';
import { taskNames, wireitScripts } from './taskNames.ts';
import { filled, inputValues, isNever, jobValues, type Values } from './workflowExpressions.ts';
import { type JobFacts, type StepFacts, type WorkflowFacts, workflowFacet } from './workflowFacet.ts';

/** Reads what the workflows of a workspace check, through scripts, composite actions and called workflows. */
export interface WorkflowReader {
  readonly workflows: readonly { readonly path: string; readonly facts: WorkflowFacts }[];
  checksOfJob(job: JobFacts): Checks;
  /** @param job the one that the step is of */
  checksOfStep(step: StepFacts, job: JobFacts): Checks;
  /** The action or workflow of the workspace that a step or job uses; `undefined` for those of others. */
  local(uses: string): WorkflowFacts | undefined;
  /** Commands of a step as they run, with the values of its job's matrix and of the defaults of inputs, and all they lead to. */
  reachesOf(step: StepFacts, job: JobFacts): readonly { readonly command: string; readonly reach: Reach }[];
  /** A command with all that it leads to; `folder` is where it is run, `undefined` where nobody can tell. */
  reach(command: string, folder: string | undefined): Reach;
}

type View = Pick<ProjectContext<string, unknown>, 'all' | 'root'>;

/** What a check has to list that reads workflows. */
export const WORKFLOW_FACETS = [workflowFacet, scriptsFacet, recipeFacet, taskFacet] as const;

/** Calls that lead further than this are not followed. */
const MAX_DEPTH = 5;
const NOTHING: Checks = { gates: new Set(), unknown: false };
const ANYTHING: Checks = { gates: new Set(), unknown: true };

/** The check has to list `WORKFLOW_FACETS`. */
export function workflowReader({ all, root }: View): WorkflowReader {
  const files = [...all(workflowFacet)];
  const around = {
    scripts: scriptsByName(all, wireitScripts(all(taskFacet))),
    recipes: recipesByPath(all(recipeFacet)),
    tasks: taskNames(all(taskFacet), root),
  };
  const known = new Map<string, Reach>();
  const images = files.filter(({ value }) => value.kind === 'image');
  const homes = new Map(files.flatMap(({ value }) => value.jobs.map((job) => [job, value] as const)));

  const reach = (command: string, folder: string | undefined): Reach => {
    const key = `${folder ?? ''}\n${command}`;
    const found = known.get(key) ?? reachOf(command, { ...around, folder });
    known.set(key, found);
    return found;
  };
  const reaches = (step: StepFacts, texts: readonly string[], values: Values) => {
    const [written = '', ...others] = filled(step.folder, values);
    const local = written.replace(/^\$\{\{\s*github\.workspace\s*\}\}\/?/, '');
    const folderAt = folderTrail(others.length > 0 || /^\/|\$/.test(local) ? undefined : resolvePath(root, local));
    return texts.flatMap((text) => {
      const at = folderAt(text);
      return filled(text, values).map((command) => ({ command, reach: reach(command, at) }));
    });
  };
  // The code may be checked out into a folder of its own: `./app/.github/actions/build`.
  const checkedOut = (path: string) =>
    files.find((file) => {
      const from = file.path.slice(root.length);
      return from.startsWith('/.github/') && namesOf(path).some((name) => name.endsWith(from));
    });
  const local = (uses: string): WorkflowFacts | undefined => {
    if (!uses.startsWith('./')) return undefined;
    const path = uses.replace(/^\.\//, '').replace(/\/$/, '');
    const at = files.find((file) => namesOf(path).includes(file.path.slice(root.length))) ?? checkedOut(path);
    return at?.value;
  };
  const ofFile = (uses: string, given: StepFacts['inputs'], values: Values, depth: number): Checks => {
    const facts = local(uses);
    if (facts === undefined || depth > MAX_DEPTH) return ANYTHING;
    const inputs = inputValues(facts, given, values);
    return united(facts.jobs.map((job) => ofJob(job, inputs, depth + 1)));
  };
  const ofStep = (step: StepFacts, values: Values, depth: number): Checks => {
    if (isNever(step.condition, values)) return NOTHING;
    if (step.uses.startsWith('./')) return ofFile(step.uses, step.inputs, values, depth);
    // What runs on a server over SSH is no check.
    const inputs = step.uses.includes('ssh') ? {} : step.inputs;
    const inner = ['command', 'run', 'script', 'commands', 'runCmd', 'install-command', 'start', 'build', 'cmd']
      .flatMap((name) => inputs[name] ?? [])
      .flatMap((text) => text.split(/\n|&&|;/));
    const commands = reaches(step, [...step.commands, ...inner], values);
    const builds =
      step.uses.includes('build-push-action') ||
      commands.some(({ command }) => /^docker\S*\b.* (?:build|--build)\b/.test(command));
    const ofImages = builds
      ? images.flatMap(({ value }) => value.jobs.map((job) => ofJob(job, new Map(), depth + 1)))
      : [];
    const ofAction = step.uses === '' ? [] : [{ gates: checksOfAction(step.uses), unknown: false }];
    return united([...commands.map((one) => checksOf(one.reach)), ...ofAction, ...ofImages]);
  };
  const ofJob = (job: JobFacts, inputs: Values, depth: number): Checks => {
    if (depth > MAX_DEPTH) return ANYTHING;
    if (isNever(job.condition, inputs)) return NOTHING;
    const values = jobValues(job, inputs);
    if (job.calls !== '') {
      return job.calls.startsWith('./') ? ofFile(job.calls, job.inputs, values, depth) : ANYTHING;
    }
    return united(job.steps.map((step) => ofStep(step, values, depth)));
  };
  /** What is known where nobody calls: inputs have their defaults, as on each push. */
  const valuesAt = (job: JobFacts): Values => {
    const home = homes.get(job);
    return jobValues(job, home === undefined ? new Map() : inputValues(home, {}, new Map()));
  };
  return {
    // Those in other folders are kept for something, and run by nobody.
    workflows: files.flatMap(({ path, value }) =>
      value.kind === 'workflow' && path.startsWith(`${root}/.github/`) ? [{ path, facts: value }] : [],
    ),
    checksOfJob: (job) => ofJob(job, valuesAt(job), 0),
    checksOfStep: (step, job) => ofStep(step, valuesAt(job), 0),
    reachesOf: (step, job) => reaches(step, step.commands, valuesAt(job)),
    local,
    reach,
  };
}

/** A workflow is named by its file, an action by its folder. */
function namesOf(path: string): readonly string[] {
  return [`/${path}`, `/${path}/action.yml`, `/${path}/action.yaml`];
}

function united(all: readonly Checks[]): Checks {
  if (all.length === 0) return NOTHING;
  const gates = new Set<Gate>(all.flatMap((one) => [...one.gates]));
  return { gates, unknown: all.some(({ unknown }) => unknown) };
}

function scriptsByName(all: View['all'], more: Scripts): Scripts {
  const scripts = new Map([...more].map(([name, bodies]) => [name, [...bodies]]));
  for (const { path, value } of all(scriptsFacet)) {
    for (const [name, body] of Object.entries(value.scripts)) {
      const bodies = scripts.get(name) ?? [];
      bodies.push({ text: body, folder: folderOf(path) });
      scripts.set(name, bodies);
    }
  }
  return scripts;
}
