import { ts } from '#api';
import { propertyKey } from '../../_shared/calls.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';

/** How far behind a condition its refusal is looked for. */
const REACH = 400;

/** What a condition can ask to find out that a fallback was taken. */
export interface Mentions {
  /** The variable and the value that stands in for it: asking for these is enough. */
  readonly direct: readonly string[];
  /** Names that hold the one or the other: they are never empty, so only asking for production beside them counts. */
  readonly kept: readonly string[];
}

/**
 * Whether a file refuses to run without the variable, or with the value that stands in for it: a condition that names one of
 * them, or production with them behind it, and throws or ends the program. Looks at the text alone.
 */
export function refusesFallback(text: string, { direct, kept }: Mentions): boolean {
  for (const match of text.matchAll(/\bif\s*\(/g)) {
    const near = text.slice(match.index, match.index + REACH);
    if (!/\bthrow\b|process\.exit|\bfatal\(/.test(near)) continue;
    const condition = /^[^{;\n]*/.exec(near)?.[0] ?? '';
    const asksProduction = /\bprod(?:uction)?\b|is_?prod/i.test(condition);
    if (direct.some((mention) => condition.includes(mention))) return true;
    if (asksProduction && [...direct, ...kept].some((mention) => near.includes(mention))) return true;
  }
  return false;
}

const WORDS = set(
  'mock mocks fixture fixtures seed seeds seeder seeders seeding example examples demo sample samples story stories e2e ' +
    'playwright cypress i18n locale locales translations lang docs doc test tests testing dev development local storybook ' +
    'benchmark playground scripts script',
);

/** `development: { … }` and `test: { … }` of a table of settings by stage. */
export function isForOtherStage(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    if (!ts.isPropertyAssignment(at)) continue;
    if (/^(?:dev(?:elopment)?|test(?:ing)?|local|e2e|ci)$/i.test(propertyKey(at.name) ?? '')) return true;
  }
  return false;
}

/** Files for work, tests and words, whose passwords open nothing that is shipped. */
export function isBesideTheProgram(localPath: string): boolean {
  return localPath.split('/').some((part) => has(nameWords(part), WORDS));
}
