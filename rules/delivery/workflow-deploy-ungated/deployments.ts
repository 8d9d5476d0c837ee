import { checksOf } from '../../_shared/delivery/gateCommands.ts';
import type { WorkflowReader } from '../../_shared/delivery/workflowChecks.ts';
import type { JobFacts, StepFacts } from '../../_shared/delivery/workflowFacet.ts';

/** Commands that put something into production, or out for everybody. */
const COMMANDS: readonly RegExp[] = [
  /^(?:npm|pnpm|bun)(?: -\S+(?: (?!publish)\S+)?)* publish\b/,
  /^yarn (?:npm |workspaces? (?:foreach )?(?:\S+ )*)?publish\b/,
  /^(?:lerna publish|changeset publish|semantic-release|release-it|multi-semantic-release|np(?=\s|$)|auto shipit|jsr publish|vsce publish|ovsx publish|deno publish)/,
  /^(?:kubectl|oc) (?:-\S+ \S+ )*(?:apply|set image|rollout restart|replace)\b/,
  /^(?:helm|helmfile) (?:-\S+ \S+ )*(?:upgrade|install|apply|sync)\b/,
  /^vercel\b(?=.* --prod)/,
  /^(?:netlify|netlify-cli|ntl) deploy\b(?=.* (?:--prod|-p)\b)/,
  /^firebase deploy\b/,
  /^wrangler (?:deploy|publish|pages deploy|pages publish)\b/,
  /^(?:flyctl|fly) deploy\b/,
  /^railway up\b/,
  /^(?:serverless|sls|sst|cdk|sam|copilot svc|convex|deployctl|eb|gcloud (?:beta )?(?:run|app|functions)|azd|clever|scalingo|amplify|supabase functions) (?:deploy|publish)\b/,
  /^pulumi up\b/,
  /^aws (?:ecs update-service|lambda update-function-code|deploy create-deployment|elasticbeanstalk update-environment)\b/,
  /^az (?:webapp|functionapp|containerapp) (?:\S+ )*(?:deploy\S*|up|update)\b/,
  /^heroku container:release\b/,
  /^git push (?:-\S+ )*(?:heroku|dokku|production)\b/,
  /^doctl (?:apps create-deployment|app update)\b/,
  /^eas (?:update|submit)\b/,
  /^pm2 deploy\b/,
  /^curl\b.*(?:deploy_?-?hook|api\.render\.com\/deploy|\/hooks\/deploy)/i,
  /^ssh\b.*(?:git pull|docker(?:-| )compose\b.* up|pm2 (?:re|start)|systemctl restart|deploy)/,
];

/** Not meant for users, or nothing that is really done. */
const REHEARSAL =
  /--dry-?run|--dry\b|(?:^|[\s=_-])(?:staging|stage|preview|dev(?:elop(?:ment)?)?|test|qa|sandbox|canary|nightly|snapshot|next|alpha|beta|rc|experimental)(?=$|[\s_:"'-])|--help|--version|--tag\s+(?!latest)/i;

/** Whether the inputs of an action make it deploy. */
type Told = (inputs: StepFacts['inputs']) => boolean;

/** Actions by name, and what has to be told to them. */
const ACTIONS: ReadonlyMap<string, Told> = new Map<string, Told>([
  ...(
    'JS-DevTools/npm-publish cycjimmy/semantic-release-action akhileshns/heroku-deploy azure/webapps-deploy ' +
    'azure/functions-action azure/k8s-deploy azure/container-apps-deploy-action aws-actions/amazon-ecs-deploy-task-definition ' +
    'google-github-actions/deploy-cloudrun google-github-actions/deploy-appengine google-github-actions/deploy-cloud-functions ' +
    'easingthemes/ssh-deploy samkirkland/ftp-deploy-action einaregilsson/beanstalk-deploy digitalocean/app_action ' +
    'digitalocean/app_action/deploy burnett01/rsync-deployments johnbeynon/render-deploy-action bervproject/railway-deploy ' +
    'caprover/deploy-from-github dokku/github-action wlixcc/sftp-deploy-action aws-actions/aws-lambda-deploy ' +
    'aws-actions/aws-cloudformation-github-deploy jakejarvis/s3-sync-action'
  )
    .split(' ')
    .map((name) => [name.toLowerCase(), () => true] as const),
  ['changesets/action', (inputs) => inputs['publish'] !== undefined],
  ['amondnet/vercel-action', (inputs) => /--prod/.test(inputs['vercel-args'] ?? '')],
  ['nwtgck/actions-netlify', (inputs) => inputs['production-deploy'] === 'true'],
  ['firebaseextended/action-hosting-deploy', (inputs) => inputs['channelId'] === 'live'],
  ['cloudflare/wrangler-action', (inputs) => /(?:^|\s)(?:deploy|publish)\b/.test(inputs['command'] ?? 'deploy')],
  ['superfly/flyctl-actions', (inputs) => /\bdeploy\b/.test(inputs['args'] ?? '')],
  ['serverless/github-action', (inputs) => /\bdeploy\b/.test(inputs['args'] ?? '')],
  [
    'appleboy/ssh-action',
    (inputs) =>
      /\bgit pull\b|\bdocker(?:-| )compose\b.* (?:up|pull)\b|\bdocker (?:run|pull|service update|stack deploy)\b|\bpm2 (?:re|start)|systemctl restart|\bdeploy/.test(
        inputs['script'] ?? '',
      ),
  ],
]);

/** Actions of the workspace that use each other are followed so far. */
const MAX_DEPTH = 3;

/** How a step deploys or publishes, as a person would call it; `undefined` for one that does neither. */
export function deploymentOf(
  step: StepFacts,
  job: JobFacts,
  reader: Pick<WorkflowReader, 'reachesOf' | 'local'>,
  depth = 0,
): string | undefined {
  if (isRehearsal(step.name) || isRehearsal(step.condition)) return undefined;
  const action = step.uses.replace(/@.*$/, '').toLowerCase();
  const told = Object.entries(step.inputs).map(([key, value]) => `${key} ${value}`);
  if (ACTIONS.get(action)?.(step.inputs) === true) {
    return told.some((text) => !/^script\b/.test(text) && isRehearsal(text)) ? undefined : action;
  }
  const local = depth < MAX_DEPTH ? reader.local(step.uses) : undefined;
  if (local?.kind === 'action') {
    if (told.some(isRehearsal) || isRehearsal(step.uses.replace(/[/]/g, ' '))) return undefined;
    const isDeploying = local.jobs.some((inner) =>
      inner.steps.some((one) => deploymentOf(one, inner, reader, depth + 1) !== undefined),
    );
    return isDeploying ? step.uses : undefined;
  }
  for (const { command, reach } of reader.reachesOf(step, job)) {
    const { certain, names, read } = reach;
    // A recipe may test before it deploys.
    if (read.size > 0 && checksOf(reach).unknown) continue;
    if (isRehearsal(command) || names.some((name) => isRehearsal(name.replace(/[:./]/g, ' ')))) continue;
    if (certain.some((one) => COMMANDS.some((pattern) => pattern.test(one)) && !isRehearsal(one)))
      return shown(command);
  }
  return undefined;
}

/** Whether a text says that nothing is really done, or not for users. */
export function isRehearsal(text: string): boolean {
  return REHEARSAL.test(text);
}

function shown(command: string): string {
  return command.length > 40 ? `${command.slice(0, 39)}…` : command;
}

/** What a job is called when it is there to deploy. */
const DEPLOYING = /(?:^|[\s_-])(?:deploy(?:ment|ing|s)?|publish(?:ing)?|roll-?out|ship)(?=$|[\s_-])/i;
const NO_DEPLOYING =
  /notif|comment|summary|announce|report|check|verify|prepare|pre-|plan|docs?\b|preview|status|skip|test|gate|approv/i;

/** A job called a deployment whose whole work is to say so. */
export function isPlaceholder(job: JobFacts): boolean {
  const name = `${job.id} ${job.name}`;
  if (!DEPLOYING.test(name) || NO_DEPLOYING.test(name) || job.calls !== '') return false;
  const commands = job.steps.flatMap((step) => step.commands);
  const idle = job.steps.every(
    ({ uses, condition }) =>
      /^(?:actions\/(?:checkout|setup-\w+|download-artifact)@.*)?$/.test(uses) && !/failure|always/.test(condition),
  );
  return (
    idle && commands.length > 0 && commands.every(saysOnly) && commands.some((text) => /^(?:echo|printf)\b/.test(text))
  );
}

function saysOnly(command: string): boolean {
  if (/^(?:#|sleep \d|true$|:$|set -|exit 0$|date$|pwd$|ls\b)/.test(command)) return true;
  return /^(?:echo|printf)\b/.test(command) && !/>|::|\$\(|\bGITHUB_/.test(command);
}
