import type { ts } from '../ts.ts';

/** One imported binding: `import { createServer as make } from 'http'` → module `http`, name `createServer`. */
export interface ImportedName {
  /** Module specifier without a `node:` prefix. */
  readonly module: string;
  /** Exported name; empty for a default or namespace import and for `require()` of the whole module. */
  readonly name: string;
  readonly typeOnly: boolean;
}

/**
 * What is visible everywhere in a file without reading the statement at hand: imports, top-level names, the packages the
 * file may use. It is part of the key of every cached result, so reading it never makes a rule impure.
 */
export interface FileHeader {
  /** By local name. ESM imports and top-level `require()` alike. */
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** Names declared at top level, imports included. */
  readonly topLevel: ReadonlySet<string>;
  /** Every module the file imports, without `node:` prefixes. */
  readonly modules: ReadonlySet<string>;
  /**
   * Path from the workspace's folder, with a slash in front: `/src/app.ts`. What a folder's name says is asked of this: a
   * checkout may lie below a folder called `demo`.
   */
  readonly localPath: string;
  /** Test by path (`*.test.*`, `__tests__/` …) or because it imports a test runner. */
  readonly isTest: boolean;
  /** Version range of a package in the nearest package.json files upwards, dev dependencies included. */
  dependency(name: string): string | undefined;
  /** Whether these files list a package, and none of them for more than development. */
  isForDevelopment(name: string): boolean;
  /**
   * Says what an expression refers to, through aliases, `require`, default interop and parentheses:
   * `module` for the module itself (default or namespace), `module#name.path` for an export or a member of it,
   * `global#process.env` for an unshadowed global. `undefined` when it is a local value or cannot be told.
   * In node scope a name that any inner scope re-declares answers `undefined`; function and file scope resolve exactly.
   */
  resolve(expression: ts.Node): string | undefined;
}
