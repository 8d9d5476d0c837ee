import { isAddressVariable, isPlatformVariable } from '../../_shared/env/variables.ts';
import { isOutsideService } from '../../_shared/places.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { ASIDE, exampleFolders, exampleFor, type Variable, type View } from './examples.ts';
import { isReadByPackages } from './readByPackages.ts';
import { readFacet } from './readFacet.ts';
import { settingsFacet } from './settingsFacet.ts';

/** Programs in other languages, and scripts, that may read what the code does not. */
const OTHERS = [
  'Makefile',
  'makefile',
  'requirements.txt',
  'pyproject.toml',
  'go.mod',
  'Gemfile',
  'composer.json',
  'Cargo.toml',
  'pom.xml',
  'build.gradle',
  'mix.exs',
  'Taskfile.yml',
  'justfile',
  'entrypoint.sh',
  'docker-entrypoint.sh',
  'deploy.sh',
  'setup.sh',
  'start.sh',
  'run.sh',
  'scripts',
  'bin',
  'android',
  'ios',
  'config',
];

/** What the compiler of pages puts in place of `import.meta.env`. */
const OF_BUILDS = /^(?:MODE|DEV|PROD|SSR|BASE_URL|NODE_ENV)$/;

/** Variables that code reads and nothing in the workspace names, in projects that have a file with examples. */
export function undocumented(ctx: View, ignored: ReadonlySet<string>): readonly Variable[] {
  const examples = exampleFolders(ctx);
  if (examples.size === 0) return [];
  const named = new Set<string>();
  for (const { value } of ctx.all(settingsFacet)) for (const name of value.names) named.add(name);
  const set = new Set<string>();
  for (const { value } of ctx.all(readFacet)) for (const name of value.sets) set.add(name);
  const found = new Map<string, Variable>();
  for (const { path, value, isTest } of ctx.all(readFacet)) {
    const local = path.slice(ctx.root.length);
    if (isTest || value.reads.length === 0 || isOutsideService(local) || ASIDE.test(local)) continue;
    const example = exampleFor(path, examples);
    if (example === undefined) continue;
    for (const { name, at, hasFallback } of value.reads) {
      if (named.has(name) || set.has(name) || ignored.has(name) || OF_BUILDS.test(name) || isPlatformVariable(name))
        continue;
      if (hasFallback && isAddressVariable(name)) continue;
      const key = `${example}\n${name}`;
      if (!found.has(key)) found.set(key, { name, path, anchor: at, example });
    }
  }
  return [...found.values()];
}

/** Variables in files with examples that nothing in the workspace reads, where everything that might is in sight. */
export function unread(ctx: View, ignored: ReadonlySet<string>): readonly Variable[] {
  const examples = exampleFolders(ctx);
  if (examples.size === 0) return [];
  const known = new Set<string>();
  let isRead = false;
  for (const { value } of ctx.all(readFacet)) {
    // Somebody reads variables whose names stand nowhere.
    if (value.isOpen) return [];
    isRead ||= value.reads.length > 0;
    for (const name of value.names) known.add(name);
  }
  if (!isRead) return [];
  for (const { path, value } of ctx.all(settingsFacet)) {
    const isNote = /\.(?:md|markdown)$/i.test(path);
    for (const name of value.names) {
      if (name.startsWith('$')) known.add(name.slice(1));
      else if (value.variables === undefined && !isNote) known.add(name);
    }
  }
  const dependencies = new Set([...ctx.all(packageFacet)].flatMap(({ value }) => value.dependencies));
  // Their components are not read here.
  if (['svelte', 'vue', 'astro', 'nuxt'].some((name) => dependencies.has(name))) return [];
  const words = new Set([...dependencies].flatMap((name) => name.split(/[^a-z0-9]+/)));
  const found: Variable[] = [];
  for (const [folder, example] of examples) {
    if (OTHERS.some((name) => ctx.exists(`${folder}/${name}`) || ctx.exists(`${ctx.root}/${name}`))) continue;
    for (const { name, at } of example.variables) {
      if (known.has(name) || ignored.has(name) || isPlatformVariable(name) || isAddressVariable(name)) continue;
      if (!isReadByPackages(name, words)) found.push({ name, path: example.path, anchor: at, example: example.path });
    }
  }
  return found;
}
