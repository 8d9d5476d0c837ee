import type { RegisteredRule } from '../api/rule.ts';
import { folderOf } from '../document/paths.ts';
import type { Host } from '../workspace/host.ts';
import { type ConfigFile, readConfigFile, validateSettings } from './configFile.ts';
import { extendsChain } from './extendsChain.ts';
import { configFinder } from './findConfig.ts';
import { type ConfigSchema, configSchema } from './schema.ts';
import { type ConfigScope, configScope, type ScopeLink } from './scope.ts';
import type { Selection } from './selection.ts';
import type { ConfigProblem, Configuration, ResolvedConfig } from './types.ts';

export interface ConfigurationOptions {
  /** Absolute folder with forward slashes and no trailing one. */
  readonly root: string;
  readonly host: Host;
  readonly rules: readonly RegisteredRule[];
  /** Settings of the editor, in the shape of an airworthy.json; every file's settings beat them. */
  readonly settings?: unknown;
  /** A config file that applies to everything instead of the nearest one; its globs are relative to the root. */
  readonly file?: string;
  readonly only?: Selection;
}

/** A configuration that also had settings which come from no file. */
export interface EditorConfiguration extends Configuration {
  /** Mistakes in {@link ConfigurationOptions.settings}: JSON path and sentence. The rest of them applies. */
  readonly settingsProblems: readonly { readonly at: string; readonly message: string }[];
}

/** Building a schema over all rules takes longer than validating with it (cache: config schemas, by list of rules). */
const schemas = new WeakMap<readonly RegisteredRule[], ConfigSchema>();

function schemaFor(rules: readonly RegisteredRule[]): ConfigSchema {
  const schema = schemas.get(rules) ?? configSchema(rules);
  schemas.set(rules, schema);
  return schema;
}

/** Reads the airworthy.json files of a workspace as they are needed. Never throws; mistakes are collected. */
export function createConfiguration(options: ConfigurationOptions): EditorConfiguration {
  const { root, host, rules } = options;
  const schema = schemaFor(rules);

  const settingsProblems: { at: string; message: string }[] = [];
  const settings = validateSettings(options.settings ?? undefined, schema, (path, _at, message) =>
    settingsProblems.push({ at: path.map(String).join('.'), message }),
  );
  const editor: ScopeLink = { source: 'editor', folder: root, globFolder: root, ...settings };

  let findConfig = configFinder(root, host);
  let files = new Map<string, ConfigFile | undefined>();
  let scopes = new Map<string | undefined, ConfigScope>();
  let chainProblems: ConfigProblem[] = [];
  let sources = new Set<string>();
  let resolved = new Map<string, ResolvedConfig>();

  const read = (path: string): ConfigFile | undefined => {
    if (!files.has(path)) files.set(path, readConfigFile(path, host, schema));
    return files.get(path);
  };
  const scopeOf = (configPath: string | undefined): ConfigScope => {
    const known = scopes.get(configPath);
    if (known !== undefined) return known;
    const file = configPath === undefined ? undefined : read(configPath);
    const links: ScopeLink[] = [editor];
    if (file !== undefined) {
      const chain = extendsChain(file, options.file === undefined ? folderOf(file.path) : root, { host, read });
      chainProblems = [...chainProblems, ...chain.problems];
      for (const path of chain.sources) sources.add(path);
      for (const { file: each, globFolder } of chain.links) {
        const { path, settings, overrideIndex } = each;
        links.push({ source: path, folder: folderOf(path), globFolder, settings, overrideIndex });
      }
    }
    const scope = configScope(links, rules, options.only);
    scopes.set(configPath, scope);
    return scope;
  };

  return {
    settingsProblems,
    for(path) {
      const known = resolved.get(path);
      if (known !== undefined) return known;
      const config = scopeOf(options.file ?? findConfig(folderOf(path))).for(path);
      resolved.set(path, config);
      return config;
    },
    problems() {
      const all = [...chainProblems];
      for (const file of files.values()) all.push(...(file?.problems ?? []));
      const unique = new Map(all.map((problem) => [JSON.stringify(problem), problem]));
      return [...unique.values()].sort((a, b) =>
        a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1,
      );
    },
    sources: () => sources,
    invalidate() {
      findConfig = configFinder(root, host);
      files = new Map();
      scopes = new Map();
      chainProblems = [];
      sources = new Set();
      resolved = new Map();
    },
  };
}
