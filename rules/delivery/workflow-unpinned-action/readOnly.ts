import type { DataNode, Finding, FixContext, TextEdit } from '#api';
import { commandsIn } from '../../_shared/delivery/shell.ts';
import { jobsOf, ownEntry, type WorkflowJob } from '../../_shared/delivery/workflow.ts';
import { indentUnit, lineEnd, startsLine } from '../../_shared/layout.ts';

/** Lets the jobs read the code and nothing else, in front of them; `undefined` where one of them may need more. */
export function readOnly(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document, text } = ctx;
  if (document.language !== 'yaml' || !startsLine(text, finding.start)) return undefined;
  const open = jobsOf(document.roots[0]).filter(({ node }) => ownEntry(node, 'permissions') === undefined);
  if (usesToken(text, document.roots[0], open) || !open.every((job) => readsOnly(text, job))) return undefined;
  const eol = lineEnd(text);
  // Above the comment that is about the jobs, and apart from them where they stand apart.
  const above = /(?:^|\n)((?:#[^\n]*\n)*)$/.exec(text.slice(0, finding.start))?.[1] ?? '';
  const at = finding.start - above.length;
  const isApart = at === 0 || /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, at));
  return [ctx.insert(at, `permissions:${eol}${indentUnit(text)}contents: read${eol}${isApart ? eol : ''}`)];
}

const TOKEN = /\bGITHUB_TOKEN\b|\bgithub\s*\.\s*token\b|\bsecrets\s*:\s*inherit\b/;

/** Whether the token is handed to something, by one of these jobs or by the workflow to all of them. */
function usesToken(text: string, root: DataNode | undefined, jobs: readonly WorkflowJob[]): boolean {
  const spans = [ownEntry(root, 'env'), ownEntry(root, 'defaults')].flatMap((entry) => entry?.span ?? []);
  return [...spans, ...jobs.map(({ node }) => node.span)].some(({ start, end }) => TOKEN.test(text.slice(start, end)));
}

/** Actions that do nothing with the token, or read the code with it. Of others that is not known: many take it by default. */
const HARMLESS = new RegExp(
  `^(?:${[
    String.raw`actions/(?:checkout|cache(?:/\w+)?|setup-[\w-]+|(?:upload|download)-artifact)`,
    String.raw`docker/(?:setup-[\w-]+-action|login-action|metadata-action|build-push-action|bake-action)`,
    '(?:pnpm/action-setup|pnpm/setup|oven-sh/setup-bun|denoland/setup-deno|volta-cli/action|bahmutov/npm-install)',
    '(?:codecov/codecov-action|cypress-io/github-action|microsoft/playwright-github-action)',
    String.raw`(?:appleboy/(?:ssh|scp)-action|webfactory/ssh-agent|easingthemes/ssh-deploy|superfly/flyctl-actions/[\w-]+)`,
    String.raw`(?:hashicorp/setup-[\w-]+|ruby/setup-ruby|gradle/actions/setup-gradle|supercharge/[\w-]+)`,
  ].join('|')})(?:@|$)`,
  'i',
);

/** What pushes, publishes releases or pages, or talks to GitHub with what checkout leaves behind. */
const WRITES =
  /\bgit\b[^\n]*\s(?:push|tag)\b|(?:^|[\s(])gh\s|\b(?:semantic-release|release-it|release-please|gh-pages|standard-version|changesets?|lerna|auto)\b|\b(?:npm|pnpm|yarn|bun)\s(?:[^\n]*\s)?[\w:.-]*(?:release|deploy|publish|pages|version|changelog|docs)|api\.github\.com|ghcr\.io/i;

function readsOnly(text: string, { steps, uses }: WorkflowJob): boolean {
  if (uses !== undefined) return false;
  return steps.every(({ uses: action, run }) => {
    if (action !== undefined) return HARMLESS.test(String(action.value));
    return run === undefined || !commandsIn(text, run.span).some((command) => WRITES.test(command.text));
  });
}
