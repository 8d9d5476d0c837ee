import type { FixContext, FixSource } from '#api';
import type { PackageEnv } from './packages.ts';

/** How the program fills its environment from a file. */
export interface SettingsFile {
  /** What dotenv's `config` is given; empty for the file that it takes by itself. */
  readonly how: string;
}

/**
 * The file that dotenv loads while the program starts. A module that checks the environment has to load it as well: imports are
 * run before what the code calls. `undefined` where dotenv is not shipped, or is told the file in a way that only stands there.
 */
export function settingsFile(home: PackageEnv, ctx: Pick<FixContext<unknown>, 'source'>): SettingsFile | undefined {
  const { dependencies = [], forDevelopment = [] } = home.facts ?? {};
  if (!dependencies.includes('dotenv') || forDevelopment.includes('dotenv')) return undefined;
  const told = new Set(
    home.files.flatMap(({ path }) => {
      const source = /\.[cm]?[jt]sx?$/.test(path) ? ctx.source(path) : undefined;
      return source?.header.modules.has('dotenv') === true ? toldIn(source) : [];
    }),
  );
  const [how = '', ...others] = told;
  return others.length === 0 && isPlain(how) ? { how } : undefined;
}

/** What calls of `config` are given. */
function toldIn({ text }: FixSource): readonly string[] {
  return [...text.matchAll(/\bconfig\(([^()]*)\)?/g)].map(([call, given = '']) =>
    call.endsWith(')') ? given.trim() : call,
  );
}

/** An object of texts and switches, which means the same wherever it stands. */
function isPlain(how: string): boolean {
  return /^(?:\{(?:\s*\w+:\s*(?:'[^'\\]*'|"[^"\\]*"|true|false)\s*,?)*\s*\})?$/.test(how);
}
