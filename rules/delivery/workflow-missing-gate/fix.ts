import type { Finding, FixContext, FixEdit, TextEdit } from '#api';
import { entryAt, textAt } from '../../_shared/dataMembers.ts';
import { isFlow } from '../../_shared/delivery/composeLayout.ts';
import { checksOf } from '../../_shared/delivery/gateCommands.ts';
import { reachOf } from '../../_shared/delivery/scriptCalls.ts';
import { commandsIn } from '../../_shared/delivery/shell.ts';
import { jobsOf, type WorkflowStep } from '../../_shared/delivery/workflow.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { lineEnd } from '../../_shared/layout.ts';

type Context = FixContext<unknown>;

const INSTALLS = /^(?:npm (?:ci|install|i)|pnpm (?:install|i)|yarn(?: install)?|bun (?:install|ci))\b/;

/** Adds a step for each command behind the last one that checks something, or behind the one that installs. */
export function addStep(ctx: Context, finding: Finding): TextEdit[] | undefined {
  const { document, text } = ctx;
  if (document.language !== 'yaml' || !('roots' in document)) return undefined;
  const job = jobsOf(document.roots[0]).find(({ idSpan }) => idSpan.start === finding.start);
  const runs = (step: WorkflowStep, does: (command: string) => boolean): boolean =>
    step.run !== undefined && commandsIn(text, step.run.span).some((command) => does(command.text));
  // A job that calls a workflow runs no steps of its own.
  if (job === undefined || job.uses !== undefined) return undefined;
  const step =
    job.steps.findLast((one) =>
      runs(one, (command) => checksOf(reachOf(command, { scripts: new Map() })).gates.size > 0),
    ) ?? job.steps.findLast((one) => runs(one, (command) => INSTALLS.test(command)));
  const commands = String(ctx.data['command']).split(', ');
  // It is there, in a workflow that nothing starts.
  if (job.steps.some((one) => runs(one, (command) => commands.includes(command)))) return undefined;
  if (step === undefined || isFlow(text, step.node)) return undefined;
  const lead = text.slice(text.lastIndexOf('\n', step.node.span.start - 1) + 1, step.node.span.start);
  if (!/^\s*-\s+$/.test(lead)) return undefined;
  const end = text.slice(0, step.node.span.end).trimEnd().length;
  // A comment behind the value stays with it.
  const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? '';
  if (!/^\s*(?:#.*)?$/.test(rest)) return undefined;
  // Steps that stand apart stay so.
  const eol = lineEnd(text);
  const gap =
    step !== job.steps[0] && /\n[ \t]*\r?\n[ \t]*-[ \t]+$/.test(text.slice(0, step.node.span.start)) ? eol : '';
  const added = commands.map((command) => `${gap}${eol}${lead}run: ${command}`);
  return [ctx.insert(end + rest.trimEnd().length, added.join(''))];
}

/** `npm install` becomes `npm ci`, with the flags it has. */
export function installFromLock(ctx: Context, finding: Finding): TextEdit[] | undefined {
  const match = /^npm\s+(?:install|i)/.exec(ctx.text.slice(finding.start, finding.end));
  return match === null
    ? undefined
    : [ctx.replace({ start: finding.start, end: finding.start + match[0].length }, 'npm ci')];
}

/** A workflow with all checks that the project has; only for npm, because others have to be set up first. */
export function createWorkflow(ctx: Context): FixEdit[] | undefined {
  const { document, text } = ctx;
  const folder = folderOf(ctx.path);
  const path = `${folder}/.github/workflows/ci.yml`;
  if (document.language !== 'json' || !ctx.exists(`${folder}/package-lock.json`) || ctx.exists(path)) return undefined;
  const [root] = document.roots;
  const scripts = entryAt(root, 'scripts')?.value;
  if (scripts?.kind !== 'object') return undefined;
  const known = new Set(scripts.entries.map(({ key }) => key));
  const version =
    textAt(root, 'engines', 'node') === undefined ? 'node-version: lts/*' : 'node-version-file: package.json';
  const runs = ['lint', 'typecheck', 'type-check', 'build']
    .filter((name) => known.has(name))
    .map((name) => `npm run ${name}`);
  const lines = [
    'name: CI',
    'on: [push, pull_request]',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  check:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v5',
    '      - uses: actions/setup-node@v5',
    '        with:',
    `          ${version}`,
    '          cache: npm',
    ...['npm ci', ...runs, 'npm test', 'npm audit --omit=dev --audit-level=high'].map(
      (command) => `      - run: ${command}`,
    ),
  ];
  const end = lineEnd(text);
  return [{ path, create: lines.map((line) => `${line}${end}`).join('') }];
}
