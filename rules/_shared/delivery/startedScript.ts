import type { DataNode, FixContext } from '#api';
import { entryAt, textAt } from '../dataMembers.ts';
import { folderOf, lastPart } from '../filePath.ts';

/** More scripts do not call one another. */
const MAX_SCRIPTS = 10;
const CALL = /\b(?:npm|yarn|pnpm|bun)\s+(?:run(?:-script)?\s+)?(?:-\S+\s+)*([\w:.-]+)/g;
/** Programs that packages bring under another name. */
const PROGRAMS: Readonly<Record<string, string>> = {
  typescript: 'tsc',
  '@nestjs/cli': 'nest',
  '@swc/cli': 'swc',
  '@babel/cli': 'babel',
  '@angular/cli': 'ng',
  'npm-run-all': 'run-s',
  'webpack-cli': 'webpack',
};
const BUILDS =
  /\b(?:tsc|swc|babel|webpack|rollup|esbuild|tsup|tsdown|unbuild|parcel|gulp|grunt)\b|\b(?:nest|next|nuxt|vite|ng|astro|remix|react-scripts|strapi) build\b/;

/** What an image starts by a script of the package.json beside its Dockerfile. */
export interface StartedScript {
  /** It makes files, which only their owner may. */
  readonly builds: boolean;
  /** It calls programs of packages for development. */
  readonly needsDevelopment: boolean;
}

/** Reads a command such as `npm start`, with the script that it runs and those that this calls. */
export function startedScript(
  { path, source }: Pick<FixContext<unknown>, 'path' | 'source'>,
  command: readonly string[],
): StartedScript {
  const found = source(`${folderOf(path)}/package.json`);
  const root = found?.document.language === 'json' ? found.document.roots[0] : undefined;
  const text = `${command.join(' ')} ; ${scriptsText(root, command.join(' '))}`;
  const development = entryAt(root, 'devDependencies')?.value;
  const names = development?.kind === 'object' ? development.entries.map(({ key }) => key) : [];
  const words = new Set(text.split(/[\s;&|]+/));
  return {
    builds: BUILDS.test(text),
    needsDevelopment: names.some((name) => words.has(PROGRAMS[name] ?? lastPart(name))),
  };
}

function scriptsText(root: DataNode | undefined, command: string): string {
  const seen = new Map<string, string>();
  const waiting = [command];
  for (let text = waiting.shift(); text !== undefined && seen.size < MAX_SCRIPTS; text = waiting.shift()) {
    for (const [, name = ''] of text.matchAll(CALL)) {
      if (seen.has(name)) continue;
      const script = textAt(root, 'scripts', name);
      if (script === undefined) continue;
      const all = [`pre${name}`, name, `post${name}`].map((each) => textAt(root, 'scripts', each) ?? '').join(' ; ');
      seen.set(name, all);
      waiting.push(all);
    }
  }
  return [...seen.values()].join(' ; ');
}
