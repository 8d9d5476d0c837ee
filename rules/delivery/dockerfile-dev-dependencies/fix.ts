import type { Finding, FixContext, TextEdit } from '#api';
import { aboveInstruction, belowInstruction } from '../../_shared/delivery/dockerLines.ts';
import { commandOf } from '../../_shared/delivery/imageCommand.ts';
import { commandSpan, type Install, installsIn, verbSpan } from '../../_shared/delivery/imageInstalls.ts';
import { finalImage } from '../../_shared/delivery/stages.ts';
import { startedScript } from '../../_shared/delivery/startedScript.ts';
import type { UsedStage } from '../../_shared/delivery/usedStages.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { lineEnd } from '../../_shared/layout.ts';
import { type ShippedPackages, shippedPackages } from './shipped.ts';

/** Writes the flag that npm knows today. */
export function renewFlag(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  return [ctx.replace(finding, '--omit=dev')];
}

/** Keeps to the lock file, where there is one beside the Dockerfile and the stage has it. */
export function keepToLockFile(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'dockerfile') return undefined;
  const install = installsIn(document).find((each) => verbSpan(each).start === finding.start);
  if (install === undefined || !ctx.exists(`${folderOf(ctx.path)}/package-lock.json`)) return undefined;
  const { start } = install.instruction.span;
  // Somebody says why it is not.
  const isMeant = /\bnpm ci\b/.test(ctx.text.slice(aboveInstruction(ctx.text, start), start));
  return !isMeant && hasLockFile(install) ? [ctx.replace(finding, 'ci')] : undefined;
}

/** Whether the lock file, or everything, is copied before the install. */
function hasLockFile({ stage, instruction }: Install): boolean {
  for (let at: UsedStage | undefined = stage; at !== undefined; at = at.parent) {
    const copied = at.instructions.some(
      ({ keyword, argument, flags, span }) =>
        keyword === 'COPY' &&
        span.start < instruction.span.start &&
        !flags.some(({ name }) => name === 'from') &&
        /(?:^|[\s/"])(?:package(?:-lock|\*|-\*)\S*\.json|package\*|\*\.json|\.\/?)[\s"]/.test(argument),
    );
    if (copied) return true;
  }
  return false;
}

function shippedAt(ctx: FixContext<unknown>, { start }: Finding): ShippedPackages | undefined {
  const { document } = ctx;
  if (document.language !== 'dockerfile') return undefined;
  return shippedPackages(document).find(({ install, copy }) => (copy?.span ?? commandSpan(install)).start === start);
}

const FLAGS = { npm: '--omit=dev', pnpm: '--prod', bun: '--production' } as const;

/** Programs that may need packages for development. */
const NEEDS = /\b(?:npm|npx|yarn|pnpm|pnpx|bun|bunx|tsc|node|prisma|next|vite|nest|webpack|turbo|nx)\b(?!\s+cache\b)/;

/** Leaves packages for development out where they are installed; *safe* where Node alone runs afterwards. */
export function leaveOut(
  ctx: FixContext<unknown>,
  finding: Finding,
  wanted: 'safe' | 'suggest',
): TextEdit[] | undefined {
  const shipped = shippedAt(ctx, finding);
  if (shipped === undefined || shipped.copy !== undefined || ctx.document.language !== 'dockerfile') return undefined;
  const { install } = shipped;
  const flag = install.manager === 'yarn' ? yarnFlag(install) : FLAGS[install.manager];
  if (flag === undefined || install.isDevelopment || install.environment !== undefined || buildsAfter(shipped))
    return undefined;
  const image = finalImage(ctx.document);
  const command = image === undefined ? [] : commandOf(image);
  if (startedScript(ctx, command).needsDevelopment) return undefined;
  const [program, file = '', ...rest] = command;
  const plain = program === 'node' && /^[^-].*\.[cm]?js$/.test(file) && rest.length === 0;
  if ((plain ? 'safe' : 'suggest') !== wanted) return undefined;
  const { start, end } = verbSpan(install);
  return [
    ctx.insert(start === end ? commandSpan(install).end : end, `${install.verb === '' ? ' install' : ''} ${flag}`),
  ];
}

/** Yarn 1 alone has the flag, and alone calls the lock file frozen. */
function yarnFlag({ flags }: Install): string | undefined {
  return flags.some(({ text }) => /^--(?:frozen|pure)-lockfile$/.test(text)) ? '--production' : undefined;
}

function buildsAfter({ install, end }: ShippedPackages): boolean {
  const { instruction, to } = install;
  if (NEEDS.test(instruction.argument.slice(to))) return true;
  const stages = end === install.stage ? [end] : [install.stage, end];
  return stages.some(({ instructions }) =>
    instructions.some(
      ({ keyword, argument, span }) => keyword === 'RUN' && span.start > instruction.span.start && NEEDS.test(argument),
    ),
  );
}

/** Takes packages for development away after the last step that may need them. */
export function takeAway(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const shipped = shippedAt(ctx, finding);
  if (shipped === undefined || (shipped.copy === undefined && !buildsAfter(shipped))) return undefined;
  const { install, end } = shipped;
  const command = pruning(install);
  const moves = end.instructions.some(
    ({ keyword, span }) => keyword === 'WORKDIR' && span.start > install.instruction.span.start,
  );
  const isBetween = end !== install.stage && end.parent !== install.stage;
  const inFolder = /(?:^|[\s;&(])cd\s/.test(install.instruction.argument.slice(0, install.at));
  const step = end.instructions.findLast(({ keyword }) => keyword === 'RUN') ?? end.from;
  if (command === undefined || moves || isBetween || inFolder || install.isDevelopment) return undefined;
  const image = ctx.document.language === 'dockerfile' ? finalImage(ctx.document) : undefined;
  if (image !== undefined && startedScript(ctx, commandOf(image)).needsDevelopment) return undefined;
  return [ctx.insert(belowInstruction(ctx.text, step.span.end), `${lineEnd(ctx.text)}RUN ${command}`)];
}

function pruning(install: Install): string | undefined {
  if (install.manager === 'npm') return 'npm prune --omit=dev';
  // Without a terminal pnpm asks whether it may.
  if (install.manager === 'pnpm') return 'CI=true pnpm prune --prod';
  // Bun takes nothing away.
  return install.manager === 'bun'
    ? undefined
    : yarnFlag(install) && 'yarn install --production --ignore-scripts --prefer-offline';
}
