import type { DataDocument, DataNode } from '#api';
import { textAt, valueAt } from '../../_shared/dataMembers.ts';
import { programOf } from '../../_shared/delivery/program.ts';
import { type Command, commandsIn, commandsInJson } from '../../_shared/delivery/shell.ts';
import { jobsOf, ownEntry, ownText, type WorkflowJob, type WorkflowStep } from '../../_shared/delivery/workflow.ts';
import { folderOf, resolvePath } from '../../_shared/filePath.ts';
import { containers } from './containers.ts';
import { type Asked, askedBy } from './probe.ts';
import type { Found, StartedProgram } from './probeFacts.ts';

/** Programs that go on once an address answers, or fail. */
const WAITS = /^(?:wait-on|curl|wget|until\b.*\b(?:curl|wget)|while\b.*\b(?:curl|wget)|(?:bash|sh) -c)\b/;
/** Without it curl takes every answer. */
const FAILS = /\s(?:-[a-zA-Z]*f[a-zA-Z]*|--fail\S*)(?=\s|$)/;
const SERVER_TEST = /^(?:start-server-and-test|server-test|start-test)\s/;
/** What runs programs that are not seen here, or several. */
const ELSEWHERE =
  /\b(?:docker|podman|compose|make|just|pm2|kubectl|minikube|kind|helm|ssh|supabase|firebase|nx|turbo|lerna|concurrently|serve|json-server|forever|systemctl|vercel|wrangler|sst|tilt|skaffold|act)\b|\.sh\b|^\.\//;
/** Actions that start nothing. */
const IDLE_ACTION =
  /^(?:actions\/|pnpm\/action-setup@|oven-sh\/setup-bun@|codecov\/|volta-cli\/action@|denoland\/setup-deno@|microsoft\/playwright-github-action@|browser-actions\/|bahmutov\/npm-install@|ramsey\/)/;
/** How a failure may be taken that is none of "there is no such path". */
const GIVES_UP = /^(?:exit\b|false\b|break\b|return\b|[({])/;

/** Waits of a workflow for what the same job has started. */
export function waitsOfWorkflow(document: DataDocument, path: string): readonly Found[] {
  const root = document.roots[0];
  const top = folderOf(folderOf(folderOf(path)));
  const folder = folderFor(root);
  return jobsOf(root).flatMap((job) => waitsOfJob(document, job, top, folderFor(job.node) || folder));
}

function waitsOfJob(document: DataDocument, job: WorkflowJob, top: string, folder: string): readonly Found[] {
  // A container beside the job may be the one that is asked.
  const hasServices = ownEntry(job.node, 'services') !== undefined || ownEntry(job.node, 'container') !== undefined;
  const started: StartedProgram[] = [];
  const inContainers = containers();
  const found: Found[] = [];
  for (const step of job.steps) {
    const own = ownText(step.node, 'working-directory') || folder;
    const at = resolvePath(top, own.includes('$') ? '.' : own);
    const name = step.uses === undefined ? '' : String(step.uses.value);
    if (/^cypress-io\/github-action@/.test(name)) {
      found.push(
        ...waitOfCypress(document, step, resolvePath(at, inputOf(step, 'working-directory') || '.'), hasServices),
      );
      return found;
    }
    if (own.includes('$') || (name !== '' && !IDLE_ACTION.test(name))) return found;
    const commands = step.run === undefined ? [] : commandsIn(document.text, step.run.span);
    for (const [index, command] of commands.entries()) {
      const [first, ...others] = started;
      const wait = waitIn(command, commands[index + 1]);
      const container = wait === undefined || first !== undefined ? undefined : inContainers.at(wait.port);
      if (wait !== undefined && first !== undefined && others.length === 0 && inContainers.isEmpty) {
        found.push(placed(wait, command.start, { ...first, isAlone: !hasServices }));
      } else if (wait !== undefined && container !== undefined) {
        found.push({ ...placed(wait, command.start, container), port: undefined });
      }
      if (wait !== undefined || inContainers.take(command.text, at)) continue;
      const begun = startsIn(command.text);
      if (begun.length === 0 && (ELSEWHERE.test(command.text) || /^(?:cd|pushd)\b/.test(command.text))) return found;
      started.push(...begun.map((one) => ({ kind: 'started' as const, command: one, folder: at, isAlone: true })));
    }
  }
  return found;
}

/** The action of Cypress starts a program and waits by itself. */
function waitOfCypress(
  { text }: DataDocument,
  { node }: WorkflowStep,
  folder: string,
  hasServices: boolean,
): readonly Found[] {
  const inputs = ownEntry(node, 'with')?.value;
  const start = textAt(inputs, 'start');
  const waited = valueAt(inputs, 'wait-on');
  if (start === undefined || waited?.kind !== 'scalar' || waited.definition !== undefined) return [];
  if (/[,\n]/.test(start.trim()) || start.includes('$')) return [];
  const asked = askedBy(`curl ${text.slice(waited.span.start, waited.span.end)}`);
  if (asked === undefined) return [];
  const of: StartedProgram = { kind: 'started', command: start.trim(), folder, isAlone: !hasServices };
  return [placed(asked, waited.span.start - 5, of)];
}

/** Scripts of a package.json that start a program and wait for it. */
export function waitsOfScripts({ text, roots: [root] }: DataDocument, path: string): readonly Found[] {
  const scripts = valueAt(root, 'scripts');
  if (scripts?.kind !== 'object' || !/wait-on|server-and-test|server-test|start-test/.test(text)) return [];
  return scripts.entries.flatMap(({ value }) => (value === undefined ? [] : waitsOfScript(text, value, scripts, path)));
}

function waitsOfScript(text: string, value: DataNode, scripts: DataNode, path: string): readonly Found[] {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return [];
  const commands = commandsInJson(text, value.span);
  return commands.flatMap((command, index): readonly Found[] => {
    const written = serverTest(programOf(command.text), scripts) ?? besideIn(command, commands[index + 1]);
    if (written === undefined) return [];
    const { asked, start } = written;
    const url = text.indexOf(asked.written, command.start);
    if (url < 0 || url > command.end) return [];
    const of: StartedProgram = { kind: 'started', command: start, folder: folderOf(path), isAlone: true };
    return [placed({ ...asked, url: { start: 0, end: asked.written.length } }, url, of)];
  });
}

interface WrittenWait {
  readonly start: string;
  readonly asked: Asked & { readonly written: string };
}

/** `start-server-and-test start http://localhost:3000/health e2e`; what is not named is called `start`. */
function serverTest(program: string, scripts: DataNode): WrittenWait | undefined {
  if (!SERVER_TEST.test(program)) return undefined;
  const [, ...words] = [...program.matchAll(/"[^"]*"|'[^']*'|\S+/g)].map(([word]) => word.replace(/^["']|["']$/g, ''));
  const plain = words.filter((word) => !word.startsWith('-'));
  const at = plain.findIndex((word) => /^https?(?:-get)?:\/\//.test(word));
  const [url = '', name = 'start'] = [plain[at], plain[at - 1]];
  // Five words start two programs.
  if (at < 0 || at > 1 || plain.length > 3 || url.includes('|')) return undefined;
  const found = askedBy(`curl ${url}`);
  const isScript = textAt(scripts, name) !== undefined;
  return found && { start: isScript ? `npm run ${name}` : name, asked: { ...found, written: url } };
}

/** `npm start & wait-on http://localhost:3000/health`. */
function besideIn(command: Command, next: Command | undefined): WrittenWait | undefined {
  const parts = cutAtBackground(command.text);
  const [start, wait = '', ...others] = parts;
  if (start === undefined || others.length > 0) return undefined;
  const found = waitIn({ ...command, text: wait.trim() }, next);
  return found && { start, asked: { ...found, written: wait.trim().slice(found.url.start, found.url.end) } };
}

function placed({ url, port, path }: Asked, offset: number, of: Found['of']): Found {
  const at = { start: offset + url.start, end: offset + url.end };
  return { at, portAt: at, port, path, of };
}

/** What a command waits for, where it takes no other answer than that all is well. */
function waitIn({ text, operator }: Command, next: Command | undefined): Asked | undefined {
  if (!text.includes('://') || /(?:^|\s)!\s|\btcp:/.test(text)) return undefined;
  const program = programOf(text);
  const isCurl = /\bcurl\b/.test(program);
  if (!WAITS.test(program) || (isCurl && !FAILS.test(program))) return undefined;
  if (operator === '|' || (operator === '||' && !GIVES_UP.test(next?.text ?? ''))) return undefined;
  const asked = askedBy(text.replace(/\bhttp-get:/g, '    http:'));
  if (asked === undefined) return undefined;
  const isGet = text.slice(0, asked.url.start).endsWith('http');
  return isGet ? { ...asked, url: { ...asked.url, start: asked.url.start - 4 } } : asked;
}

/** Programs that a command leaves running. */
function startsIn(text: string): readonly string[] {
  const parts = cutAtBackground(text);
  return parts.slice(0, -1).map((part) =>
    part
      .replace(/\s(?:\d|&)?>+&?\s*\S+|\s2>&1/g, '')
      .replace(/^nohup\s+/, '')
      .trim(),
  );
}

/** A text cut at each `&` outside of quotes. */
function cutAtBackground(text: string): readonly string[] {
  const places = [...text.matchAll(/"[^"]*"|'[^']*'|(?<![&>|\d])&(?![&>\d])/g)].filter(([sign]) => sign === '&');
  const ends = [...places.map(({ index }) => index), text.length];
  return ends.map((end, index) => text.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end));
}

function inputOf({ node }: WorkflowStep, name: string): string {
  return textAt(ownEntry(node, 'with')?.value, name) ?? '';
}

/** `defaults.run.working-directory` of a workflow or job. */
function folderFor(node: DataNode | undefined): string {
  return ownText(ownEntry(ownEntry(node, 'defaults')?.value, 'run')?.value, 'working-directory');
}
