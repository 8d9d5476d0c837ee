import type { FixContext, FixEdit } from '#api';
import { folderOf } from '../filePath.ts';
import { lineEnd } from '../layout.ts';

/** What people call the file that tells which variables there are. */
const EXAMPLES = ['.env.example', '.env.sample', '.env.template', '.env.dist'];

/** What the example beside a file says of a variable: it names it, leaves it out, or is not there. */
export type Documented = 'named' | 'left out' | 'no example';

type Context = Pick<FixContext<unknown>, 'path' | 'text' | 'source'>;

/** What the example beside the file of a fix says of a variable, comments included. */
export function documentedIn(ctx: Context, name: string): Documented {
  const example = exampleBeside(ctx);
  if (example === undefined) return 'no example';
  const { document, text } = example;
  const isNamed = document.language === 'dotenv' && document.entries.some(({ key }) => key === name);
  return isNamed || new RegExp(`^#+\\s*(?:export\\s+)?${name}\\s*=`, 'm').test(text) ? 'named' : 'left out';
}

/**
 * Writes `NAME=`, or `NAME=value`, into the example beside the file that a fix changes, which is made where there is none; `undefined` where the
 * example names the variable already.
 */
export function exampleLine(ctx: Context, name: string, value = ''): FixEdit | undefined {
  const documented = documentedIn(ctx, name);
  if (documented === 'named') return undefined;
  const example = exampleBeside(ctx);
  if (example === undefined) {
    return { path: `${folderOf(ctx.path)}/${EXAMPLES[0]}`, create: `${name}=${value}${lineEnd(ctx.text)}` };
  }
  const { text, path } = example;
  // A single line tells nothing; the file beside it does.
  const eol = text.includes('\n') ? lineEnd(text) : lineEnd(ctx.text);
  const lead = text === '' || text.endsWith('\n') ? '' : eol;
  return { path, start: text.length, end: text.length, newText: `${lead}${name}=${value}${eol}` };
}

/**
 * Writes the same into the example of the package that a fix lets read a variable: the nearest one above the changed file. Nothing
 * where the package has none, or names the variable.
 */
export function inExample(ctx: Context, name: string, value = ''): readonly FixEdit[] {
  for (let folder = folderOf(ctx.path); folder !== ''; folder = folderOf(folder)) {
    const inFolder: Context = { path: `${folder}/.env`, text: ctx.text, source: (path) => ctx.source(path) };
    const isPackage = ctx.source(`${folder}/package.json`) !== undefined;
    if (!isPackage && documentedIn(inFolder, name) === 'no example') continue;
    const line = exampleLine(inFolder, name, value);
    return line === undefined || 'create' in line ? [] : [line];
  }
  return [];
}

function exampleBeside({ path, source }: Context): ReturnType<Context['source']> {
  for (const file of EXAMPLES) {
    const found = source(`${folderOf(path)}/${file}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
