import type { DockerInstruction, FixContext, TextEdit } from '#api';
import { aboveInstruction, belowInstruction } from '../../_shared/delivery/dockerLines.ts';
import { expand } from '../../_shared/delivery/stages.ts';
import { startedScript } from '../../_shared/delivery/startedScript.ts';
import { lineEnd } from '../../_shared/layout.ts';
import type { OtherUser } from './otherUser.ts';
import { type RootRun, rootRun } from './runsAs.ts';
import { copiesToGive, type WritableFolder, writableFolders } from './writable.ts';

/** Instructions that run or write while the image is built, and may need root for it. */
const BUILDS = /^(?:RUN|COPY|ADD|WORKDIR|ONBUILD|SHELL)$/;

/** A command that writes a file before it starts the service, or beside it. */
const WRITES =
  /(?:^|[\s\w"'])>>?\s*(?!\s|&|\/dev\/)|(?:^|[\s;&|"'(])(?:mkdir|cp|mv|ln|tee|touch|chown|chmod|sed\s+-i)\s/;

/** How sure it is that the service works as another user; `create` where that user has to be made as well. */
export type Certainty = 'safe' | 'suggest' | 'create';

/** What else has to change when the process is no longer root. */
interface Needs {
  readonly folders: readonly WritableFolder[];
  readonly copies: readonly DockerInstruction[];
}

/** Lets the process run as another user, who owns what the process writes to. */
export function becomeOther(ctx: FixContext<unknown>, wanted: Certainty): TextEdit[] | undefined {
  const run = ctx.document.language === 'dockerfile' ? rootRun(ctx.document) : undefined;
  if (run?.other === undefined || worksInRootsHome(run)) return undefined;
  // What is built at the start is written to folders of root, and what a shell writes first is where only root may.
  if (startedScript(ctx, run.command).builds || WRITES.test(run.command.join(' '))) return undefined;
  const { image, other, user } = run;
  const folders = writableFolders(image, ctx);
  const needs: Needs = { folders, copies: copiesToGive(image, folders) };
  if (certaintyOf(run, needs) !== wanted) return undefined;
  // Without a shell only a copy brings a folder with an owner of its own.
  if (folders.length > 0 && /^scratch$|distroless/.test(image.base ?? '')) return undefined;
  const own = image.instructions.filter(({ stage }) => stage === image.from.stage);
  const last = own.findLast(({ keyword }) => BUILDS.test(keyword));
  const isLast = user?.stage === image.from.stage && (last === undefined || last.span.start < user.span.start);
  const behind = isLast ? user : (last ?? image.from);
  const { edits, steps } = preparing(ctx, needs, run, other, behind);
  if (isLast && steps.length === 0) return [...edits, ctx.replace(user.argumentSpan, other.name)];
  const eol = lineEnd(ctx.text);
  const lines = [...steps, `USER ${other.name}`].map((line) => `${eol}${line}`);
  // Paragraphs stay apart.
  const at = belowInstruction(ctx.text, behind.span.end);
  const lead = /^\r?\n[ \t]*\r?\n/.test(ctx.text.slice(at)) ? eol : '';
  return [...edits, ctx.insert(at, `${lead}${lines.join('')}`)];
}

/** Steps that have to stand further above, as edits, and those that stand before `USER`. */
function preparing(
  ctx: FixContext<unknown>,
  { folders, copies }: Needs,
  { image }: RootRun,
  { owner, create }: OtherUser,
  behind: DockerInstruction,
): { readonly edits: TextEdit[]; readonly steps: readonly string[] } {
  const edits = copies.map(({ argumentSpan }) => ctx.insert(argumentSpan.start, `--chown=${owner} `));
  const steps: string[] = [];
  const place = (line: string | undefined, before: DockerInstruction | undefined): void => {
    if (line === undefined) return;
    if (before === undefined) steps.push(line);
    else edits.push(ctx.insert(aboveInstruction(ctx.text, before.span.start), `${line}${lineEnd(ctx.text)}`));
  };
  // What is done to a volume behind its declaration may be lost, and an owner has to be there before what gets it.
  const volume = folders
    .map((folder) => folder.volume)
    .find((one) => one?.stage === image.from.stage && one.span.start < behind.span.start);
  const [first] = [volume, copies[0]].filter((one) => one !== undefined).sort((a, b) => a.span.start - b.span.start);
  const make = create === undefined ? undefined : `RUN ${create}`;
  const give = folders.length === 0 ? undefined : chownStep(folders, owner);
  if (first !== undefined && first === volume)
    place([make, give].filter((line) => line).join(lineEnd(ctx.text)), first);
  else {
    place(make, first);
    place(give, volume);
  }
  return { edits, steps };
}

function certaintyOf({ command, image, other }: RootRun, { folders, copies }: Needs): Certainty {
  if (other?.create !== undefined) return 'create';
  const [program = '', file = '', ...rest] = command;
  // What a script of npm runs may build or migrate first, and write where only root may.
  const plain = program === 'node' && /^[^-].*\.[cm]?js$/.test(file) && !rest.some((word) => /[;&|<>]/.test(word));
  const writes = folders.length + copies.length > 0 || image.instructions.some(({ keyword }) => keyword === 'VOLUME');
  return plain && !writes && !image.instructions.some(isLowPort) ? 'safe' : 'suggest';
}

/** Ports that, outside of Docker, root alone may listen on. */
function isLowPort({ keyword, argument }: DockerInstruction): boolean {
  return keyword === 'EXPOSE' && argument.split(/\s+/).some((port) => Number(/^\d+/.exec(port)?.[0] ?? 1024) < 1024);
}

/** Whether the other user could not even read the program. */
function worksInRootsHome({ image }: RootRun): boolean {
  return image.instructions.some(
    ({ keyword, argument }) => keyword === 'WORKDIR' && /^\/root(?:\/|$)/.test(expand(argument, image.variables) ?? ''),
  );
}

/** Gives the folders to their owner, those made that no step makes. */
function chownStep(folders: readonly WritableFolder[], owner: string): string {
  const unmade = folders.filter(({ isMade }) => !isMade).map(({ path }) => path);
  const make = unmade.length === 0 ? '' : `mkdir -p ${unmade.join(' ')} && `;
  return `RUN ${make}chown -R ${owner} ${folders.map(({ path }) => path).join(' ')}`;
}
