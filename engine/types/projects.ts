import { sourceKind } from '../document/sourceKind.ts';
import type { ts } from '../ts.ts';
import { createDocumentRegistry, type OpenTree } from './documentRegistry.ts';
import type { FileView } from './fileView.ts';
import { findLibFiles, type LibFiles } from './libFiles.ts';
import { createTypeConfigs, type TypeConfig, type TypeConfigs } from './tsconfig.ts';
import { createTypeEnvironment, type TypeEnvironment } from './typeEnvironment.ts';
import { createTypeHost, type TypeHost } from './typeHost.ts';

/** The files of one config under one checker. */
export interface TypeProject {
  readonly host: TypeHost;
  /**
   * The tree of a file in an up-to-date program, which also holds whatever the file sees without importing it.
   * `undefined` when the file cannot be part of a program; `'later'` when `deadline` (of `performance.now`) came first:
   * call again after a pause. Building the program cannot be interrupted.
   */
  file(path: string, deadline: number): ts.SourceFile | undefined | 'later';
  /** What types depend on, for the current program. */
  environment(): TypeEnvironment;
}

export interface TypeProjects {
  /** The project that covers a file. The least recently used one is dropped when there are too many. */
  for(path: string): TypeProject;
  /** Something changed on disk; `moved` when files came or went. */
  invalidate(moved: boolean): void;
  clear(): void;
}

export interface TypeProjectsOptions {
  readonly view: FileView;
  readonly root: string;
  readonly limit: number;
  tree(path: string): OpenTree | undefined;
  paths(): readonly string[];
  openPaths(): readonly string[];
}

export function createTypeProjects(options: TypeProjectsOptions): TypeProjects {
  const { view, root, limit, tree } = options;
  const configs = createTypeConfigs(view, root);
  const libs = new Map<string, LibFiles>();
  const projects = new Map<string, TypeProject>();
  const registry = createDocumentRegistry({
    view,
    openTree: tree,
    virtual: (path) => {
      for (const { read } of libs.values()) {
        const text = read(path);
        if (text !== undefined) return text;
      }
      return undefined;
    },
  });

  function libsFor(config: TypeConfig): LibFiles {
    let found = libs.get(config.id);
    if (found === undefined) {
      found = findLibFiles(view, config.folder, config.options);
      libs.set(config.id, found);
    }
    return found;
  }

  function create(config: TypeConfig): TypeProject {
    const host = createTypeHost({
      config,
      configs,
      view,
      registry,
      libs: libsFor(config),
      isOpen: (path) => tree(path) !== undefined,
      openPaths: options.openPaths,
      owns: (path) => configs.ownerOf(path).id === config.id,
    });
    return createProject(host, configs, options);
  }

  return {
    for(path) {
      const config = configs.ownerOf(path);
      const project = projects.get(config.id) ?? create(config);
      projects.delete(config.id);
      projects.set(config.id, project);
      for (const id of projects.keys()) {
        if (projects.size <= limit) break;
        projects.delete(id);
      }
      return project;
    },
    invalidate(moved) {
      if (!moved) return;
      // The libraries stay: the projects that stay go on reading them.
      configs.clear();
      for (const { host } of projects.values()) host.forgetResolutions();
    },
    clear() {
      configs.clear();
      libs.clear();
      projects.clear();
    },
  };
}

/** What has no import or export may be a script, whose names are visible everywhere. */
const MODULE = /^\s*(?:import|export)\b|\brequire\s*\(|\bexports\s*[.=]/m;
const AUGMENTATION = /\bdeclare\s+(?:global|module)\b/;
const DECLARATION = /\.d\.[cm]?ts$/;
/** Documents asked for one by one before the whole project is taken in: rebuilding for each would cost far more. */
const SINGLE_ROOTS = 8;

function createProject(host: TypeHost, configs: TypeConfigs, options: TypeProjectsOptions): TypeProject {
  const { view, tree, paths } = options;
  const { id, hash } = host.config;
  const scanned = new Map<string, string>();
  let environment: TypeEnvironment | undefined;
  let singles = 0;

  /** True when a file has to be in the program although nothing imports it. */
  function isAmbient(path: string): boolean {
    if (DECLARATION.test(path)) return true;
    const text = tree(path)?.text ?? view.read(path);
    return text !== undefined && (AUGMENTATION.test(text) || !MODULE.test(text));
  }

  /** Finds the ambient files among those that the config lists. False when time ran out. */
  function scan(files: readonly string[], deadline: number): boolean {
    for (const file of files) {
      const version = view.version(file);
      if (scanned.get(file) === version) continue;
      if (isAmbient(file)) host.addRoots([file]);
      scanned.set(file, version);
      if (performance.now() > deadline) return false;
    }
    return true;
  }

  function addRoot(path: string, listed: readonly string[]): void {
    host.addRoots([path]);
    singles++;
    // Files that nobody has open are asked for when everything is analysed.
    if (tree(path) !== undefined && singles <= SINGLE_ROOTS) return;
    host.addRoots(listed);
    host.addRoots(paths().filter((other) => sourceKind(other) !== undefined && configs.ownerOf(other).id === id));
  }

  return {
    host,
    file(path, deadline) {
      const { fileNames } = configs.ownerOf(path);
      if (!scan(fileNames, deadline)) return 'later';
      if (!host.hasRoot(path)) {
        const imported = host.isBuilt ? host.program().getSourceFile(path) : undefined;
        if (imported !== undefined) return imported;
        addRoot(path, fileNames);
      }
      return host.warmUp(deadline) ? host.program().getSourceFile(path) : 'later';
    },
    environment() {
      const program = host.program();
      if (environment?.program !== program) {
        environment = createTypeEnvironment({
          program,
          configHash: hash,
          importsOf: host.importsOf,
          isOpen: (file) => tree(file.fileName)?.file === file,
        });
      }
      return environment;
    },
  };
}
