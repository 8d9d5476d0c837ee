import type { DockerInstruction, FixContext, TextEdit } from '#api';
import { expand } from '../../_shared/delivery/stages.ts';
import { type RootRun, rootRun } from './runsAs.ts';

/** Instructions that run or write while the image is built, and may need root for it. */
const BUILDS = /^(?:RUN|COPY|ADD|WORKDIR|ONBUILD|SHELL)$/;

/** A way in which the change may break the image. */
function mayBreak({ command, image }: RootRun): boolean {
  const [program = '', ...rest] = command;
  const plain = /^(?:node|npm|bun|deno)$/.test(program) && !rest.some((word) => /[;&|<>]/.test(word));
  // The process may write there, and the folder belongs to root.
  return !plain || image.instructions.some(({ keyword }) => keyword === 'VOLUME');
}

/** Whether the other user can work in the image at all. */
function isThere({ image, other = '' }: RootRun): boolean {
  return !image.instructions.some(({ keyword, argument }) => {
    if (keyword === 'WORKDIR') return /^\/root(?:\/|$)/.test(expand(argument, image.variables) ?? '');
    return (
      keyword === 'RUN' && new RegExp(`\\b(?:deluser|userdel|delgroup|usermod)\\b[^&;]*\\b${other}\\b`).test(argument)
    );
  });
}

/** Lets the process run as the user that the image brings; *safe* where nothing says that it needs more. */
export function becomeOther(ctx: FixContext<unknown>, wanted: 'safe' | 'suggest'): TextEdit[] | undefined {
  const run = ctx.document.language === 'dockerfile' ? rootRun(ctx.document) : undefined;
  if (run?.other === undefined || !isThere(run)) return undefined;
  if ((mayBreak(run) ? 'suggest' : 'safe') !== wanted) return undefined;
  const { user, other, image } = run;
  const own = image.instructions.filter(({ stage }) => stage === image.from.stage);
  const step = own.findLast(({ keyword }) => BUILDS.test(keyword));
  if (user !== undefined && user.stage === image.from.stage && !(step && step.span.start > user.span.start)) {
    return [ctx.replace(user.argumentSpan, other)];
  }
  return [insertAfter(ctx, step ?? image.from, `USER ${other}`)];
}

function insertAfter(ctx: FixContext<unknown>, { span }: DockerInstruction, line: string): TextEdit {
  const lineBreak = ctx.text.includes('\r\n') ? '\r\n' : '\n';
  return ctx.insert(span.end, `${lineBreak}${line}`);
}
