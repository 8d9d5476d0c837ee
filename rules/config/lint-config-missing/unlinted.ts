import type { Anchor, Facet, ProjectContext } from '#api';
import { checksOf } from '../../_shared/delivery/gateCommands.ts';
import { reachOf } from '../../_shared/delivery/scriptCalls.ts';
import { commandsOf } from '../../_shared/delivery/shell.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { isRepositoryRoot } from '../../_shared/project/repositoryRoot.ts';
import { scriptsFacet } from '../../_shared/project/scriptsFacet.ts';
import { biomeFacet } from './biomeFacet.ts';

type Context = Pick<ProjectContext<string, unknown>, 'all' | 'get' | 'exists' | 'root'>;

/** A workspace that nothing lints, at its package.json or at the configuration that switches the linter off. */
export interface Unlinted {
  readonly at: { readonly path: string; readonly facet: Facet<unknown>; readonly anchor: Anchor };
  readonly message: 'missing' | 'unconfigured' | 'linterOff';
}

/** Linters, their presets, and what brings one of its own. */
const LINTER =
  /^(?:eslint|eslint-config-.*|@.*\/eslint-config(?:-.*)?|@eslint\/.*|@biomejs\/.*|rome|oxlint|xo|standard|semistandard|ts-standard|neostandard|tslint|rslint|@rslint\/.*|jshint|gts|ultracite|trunk|deno|react-scripts|tsdx|aegir|@antfu\/eslint-config|kcd-scripts|@umijs\/(?:lint|fabric)|@vue\/cli-.*|umi|father|vite-plus|@sxzz\/.*|snazzy|@rushstack\/heft.*|@nx\/(?:eslint|linter)|@nrwl\/linter|mega-linter-runner|quick-lint-js)$/;
const ESLINT_FILES = [
  ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`),
  ...['', '.js', '.cjs', '.mjs', '.json', '.jsonc', '.yml', '.yaml'].map((extension) => `.eslintrc${extension}`),
];
const OTHER_FILES = (
  'biome.json biome.jsonc .biome.json .biome.jsonc rome.json .oxlintrc.json oxlint.config.ts oxlint.json .xo-config.js ' +
  '.xo-config.json xo.config.js xo.config.ts tslint.json deno.json deno.jsonc .trunk .jshintrc .mega-linter.yml rslint.json ' +
  'dprint.json WORKSPACE MODULE.bazel'
).split(' ');

/** What is missing for the code of a workspace to be linted; empty where something lints, or nobody can tell. */
export function unlinted(ctx: Context): readonly Unlinted[] {
  const { all, get, exists, root } = ctx;
  const path = `${root}/package.json`;
  const own = get(path, packageFacet);
  const scripts = get(path, scriptsFacet);
  const packages = [...all(packageFacet)];
  const isLinted = packages.some(({ value }) => value.dependencies.some((name) => LINTER.test(name)));
  const off = [...all(biomeFacet)];
  if (off.length > 0) {
    const hasOther = packages.some(({ value }) =>
      value.dependencies.some((name) => LINTER.test(name) && !name.startsWith('@biomejs/')),
    );
    if (hasOther) return [];
    return off.map((one) => ({
      at: { path: one.path, facet: biomeFacet, anchor: one.value },
      message: 'linterOff',
    }));
  }
  if (own === undefined || scripts === undefined || !isRepositoryRoot(ctx)) return [];
  const folders = [
    ...new Set([root, `${root}/config`, `${root}/.config`, ...packages.map((one) => folderOf(one.path))]),
  ];
  const has = (names: readonly string[]) => folders.some((folder) => names.some((name) => exists(`${folder}/${name}`)));
  const lints = [...all(scriptsFacet)].some(({ value }) => runsLinter(Object.values(value.scripts)));
  if (!isLinted) {
    const isCode =
      own.dependencies.length > 0 && (own.isStarted || own.hasServer || own.dependencies.includes('typescript'));
    if (!isCode || lints || has(ESLINT_FILES) || has(OTHER_FILES)) return [];
    return [{ at: { path, facet: scriptsFacet, anchor: scripts.at }, message: 'missing' }];
  }
  const isBare =
    own.dependencies.includes('eslint') &&
    packages.every(({ value }) => value.dependencies.every((name) => name === 'eslint' || !LINTER.test(name)));
  // Configurations may stand in package.json, or be named where ESLint is run.
  const isNamed =
    packages.some(({ value }) => value.configuresLinter) || /eslint[^&|;]*\s(?:-c|--config)\b/.test(texts(all));
  return isBare && lints && !isNamed && !has(ESLINT_FILES) && !has(OTHER_FILES)
    ? [{ at: { path, facet: scriptsFacet, anchor: scripts.at }, message: 'unconfigured' }]
    : [];
}

function runsLinter(bodies: readonly string[]): boolean {
  const commands = bodies.flatMap(commandsOf).flatMap(({ text }) => reachOf(text, { scripts: new Map() }).commands);
  return checksOf({
    commands: commands.filter((text) => !/^(?:prettier|next build|lint-staged)\b/.test(text)),
    names: [],
  }).gates.has('lint');
}

function texts(all: Context['all']): string {
  return [...all(scriptsFacet)].flatMap(({ value }) => Object.values(value.scripts)).join('\n');
}
