import type { Anchor, Facet, MessageData, ProjectContext } from '#api';
import type { Gate } from '../../_shared/delivery/gateCommands.ts';
import { type WorkflowReader, workflowReader } from '../../_shared/delivery/workflowChecks.ts';
import { type JobFacts, workflowFacet } from '../../_shared/delivery/workflowFacet.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { isRepositoryRoot } from '../../_shared/project/repositoryRoot.ts';
import { scriptsFacet } from '../../_shared/project/scriptsFacet.ts';
import { herokuFacet } from './herokuFacet.ts';
import { looseInstalls } from './looseInstalls.ts';
import { ownChecks } from './ownChecks.ts';

type Context = Pick<ProjectContext<string, unknown>, 'all' | 'get' | 'exists' | 'root'>;

export interface MissingGate {
  readonly at: { readonly path: string; readonly facet: Facet<unknown>; readonly anchor: Anchor };
  readonly message: 'none' | 'missing' | 'loose' | 'audit';
  readonly data?: MessageData;
}

/** Other systems that may run the checks. */
const OTHER_SYSTEMS = (
  '.gitlab-ci.yml .gitlab-ci.yaml .circleci azure-pipelines.yml azure-pipelines.yaml .azure-pipelines Jenkinsfile .travis.yml ' +
  'bitbucket-pipelines.yml .buildkite .drone.yml appveyor.yml .appveyor.yml cloudbuild.yaml cloudbuild.yml .woodpecker ' +
  '.woodpecker.yml buildspec.yml .semaphore .teamcity .forgejo .gitea .cirrus.yml .builds .tekton .harness codemagic.yaml ' +
  'wercker.yml .tx-ci.yml amplify.yml ci .ci .prow.yaml dagger.json Earthfile'
).split(' ');
/** What watches the packages, or has an application do it. */
const WATCHERS = (
  '.github/dependabot.yml .github/dependabot.yaml renovate.json renovate.json5 .renovaterc .renovaterc.json ' +
  '.github/renovate.json .github/renovate.json5 .snyk .socket.yml socket.yml .whitesource .mend'
).split(' ');
/** Services that lint what is proposed without a workflow. */
const LINTERS = '.pre-commit-config.yaml .trunk .codeclimate.yml .deepsource.toml sonar-project.properties'.split(' ');

/** Checks that a repository could run before code is merged and does not, by what its scripts offer. */
export function missingGates(ctx: Context): readonly MissingGate[] {
  const path = `${ctx.root}/package.json`;
  const own = ctx.get(path, scriptsFacet);
  const facts = ctx.get(path, packageFacet);
  if (own === undefined || facts === undefined || isCheckedElsewhere(ctx) || !isRepositoryRoot(ctx)) return [];
  const reader = workflowReader(ctx);
  const checks = ownChecks(own.scripts, facts, ctx, (command) => reader.reach(command, ctx.root));
  const done = checksOfAll(reader);
  const found: MissingGate[] = looseInstalls(reader.workflows, ctx);
  if (done.unknown) return found;
  const best = bestJob(reader);
  if (best === undefined) {
    const names = checks.filter(({ gate }) => !done.gates.has(gate)).map(({ name }) => name);
    if (!names.includes('tests')) return found;
    const at = { path, facet: scriptsFacet, anchor: own.at };
    return [...found, { at, message: 'none', data: { checks: listed(names) } }];
  }
  const at = { path: best.path, facet: workflowFacet, anchor: best.job.at };
  const missing = checks.filter(({ gate }) => !done.gates.has(gate) && (gate !== 'lint' || !hasAny(ctx, LINTERS)));
  const unrun = missing.filter(({ gate }) => gate !== 'audit');
  if (unrun.length > 0) {
    found.push({
      at,
      message: 'missing',
      data: { checks: listed(unrun.map(({ name }) => name)), command: unrun.map(({ command }) => command).join(', ') },
    });
  }
  const audit = missing.find(({ gate }) => gate === 'audit');
  if (audit !== undefined && !hasAny(ctx, WATCHERS)) {
    found.push({ at, message: 'audit', data: { command: audit.command } });
  }
  return found;
}

function isCheckedElsewhere(ctx: Context): boolean {
  return hasAny(ctx, OTHER_SYSTEMS) || [...ctx.all(herokuFacet)].length > 0;
}

function hasAny({ exists, root }: Context, names: readonly string[]): boolean {
  return names.some((name) => exists(`${root}/${name}`));
}

function checksOfAll({ workflows, checksOfJob }: WorkflowReader): { gates: ReadonlySet<Gate>; unknown: boolean } {
  // What nothing but other workflows start counts where they do.
  const started = workflows.filter(({ facts: { events } }) => events.some(({ name }) => name !== 'workflow_call'));
  const all = started.flatMap(({ facts }) => facts.jobs.map(checksOfJob));
  return { gates: new Set(all.flatMap(({ gates }) => [...gates])), unknown: all.some(({ unknown }) => unknown) };
}

/** The job that checks most, among those with steps that run for changes. */
function bestJob({ workflows, checksOfJob }: WorkflowReader): { path: string; job: JobFacts } | undefined {
  let best: { path: string; job: JobFacts } | undefined;
  let most = 0;
  for (const { path, facts } of workflows) {
    if (!facts.events.some(({ name }) => /^(?:push|pull_request|merge_group|workflow_call)$/.test(name))) continue;
    for (const job of facts.jobs) {
      const { gates } = checksOfJob(job);
      if (gates.size <= most || !installs(job)) continue;
      best = { path, job };
      most = gates.size;
    }
  }
  return best;
}

/** Whether a job works with packages; images check by the way what they are built from. */
function installs({ steps }: JobFacts): boolean {
  return steps.some(
    ({ commands, uses }) =>
      commands.some((text) => /\b(?:npm|pnpm|yarn|bun)\b/.test(text)) || /setup-node|\/\.github\/|install/.test(uses),
  );
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}
