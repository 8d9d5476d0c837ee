import type { FixContext } from '#api';
import { textAt, valueAt } from '../../_shared/dataMembers.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { currentLts, ltsWithYarn } from './nodeReleases.ts';

/** Programs that older lines bring and newer ones do not. */
const BROUGHT = /(?<![\w./-])(?:yarn|corepack)(?![\w./-])/;
/** A step that brings them itself. */
const INSTALLS =
  /\bnpm\s+(?:i|install|add)\s(?=[^&;|\n]*(?<=\s)(?:-g|--global)(?=\s|$))[^&;|\n]*(?<=\s)(?:yarn|corepack)(?![\w/-])/;

/**
 * The line to move to: the newest one with long-term support, or the newest that brings Yarn and Corepack where the file, or a
 * script that it may run, calls them. `undefined` when no such line is maintained any more.
 */
export function lineFor(ctx: FixContext<unknown>): number | undefined {
  const { document } = ctx;
  if (document.language === 'yaml') {
    // Runners bring Yarn themselves.
    return INSTALLS.test(ctx.text) || !/\bcorepack\b/.test(ctx.text) ? currentLts : ltsWithYarn;
  }
  if (document.language !== 'dockerfile') return currentLts;
  const steps = document.instructions
    .filter(({ keyword }) => /^(?:RUN|CMD|ENTRYPOINT)$/.test(keyword))
    .flatMap(({ argument, heredocs }) => [argument, ...heredocs.map(({ body }) => body)]);
  if (steps.some((step) => INSTALLS.test(step))) return currentLts;
  const calls = steps.some((step) => BROUGHT.test(step) || callsYarn(step, ctx));
  return calls ? ltsWithYarn : currentLts;
}

/** Whether the package beside the Dockerfile has scripts that call Yarn, and the step runs scripts. */
function callsYarn(step: string, { path, source }: FixContext<unknown>): boolean {
  if (!/\b(?:npm|pnpm)\b/.test(step)) return false;
  const beside = source(`${folderOf(path)}/package.json`)?.document;
  const root = beside?.language === 'json' ? beside.roots[0] : undefined;
  const scripts = valueAt(root, 'scripts');
  if (scripts?.kind !== 'object') return false;
  return scripts.entries.some(({ key }) => BROUGHT.test(textAt(root, 'scripts', key) ?? ''));
}
