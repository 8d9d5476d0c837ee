import type { FileHeader } from '../api/header.ts';
import { unwrap } from '../api/unwrap.ts';
import { isTestPath } from '../document/paths.ts';
import { ts } from '../ts.ts';
import { GLOBAL_MODULES, GLOBAL_OBJECTS, KNOWN_GLOBALS } from './globals.ts';
import { readTopLevel, requiredModule } from './imports.ts';
import type { InnerNames } from './innerNames.ts';

/** Packages a file may use, from the package.json files above it. */
export interface PackageView {
  readonly hash: string;
  version(name: string): string | undefined;
  /** Listed, and everywhere among the development dependencies alone. */
  isForDevelopment(name: string): boolean;
}

/** A header with the fingerprint that keys every cached result of the file. */
export interface KeyedHeader extends FileHeader {
  readonly fingerprint: string;
}

export interface HeaderOptions {
  readonly packages: PackageView;
  readonly localPath: string;
  readonly names: InnerNames;
}

const TEST_RUNNERS = new Set([
  'vitest',
  '@jest/globals',
  'mocha',
  'ava',
  'tap',
  'uvu',
  'test',
  'bun:test',
  '@playwright/test',
]);

/** Builds the header of a tree. Cost: its top-level statements, plus the inner names of statements that are new. */
export function buildHeader(file: ts.SourceFile, options: HeaderOptions): KeyedHeader {
  const { imports, names, modules } = readTopLevel(file);
  const hidden = new Set<string>();
  options.names.of(file, (name) => {
    if (names.has(name) || KNOWN_GLOBALS.has(name)) hidden.add(name);
  });
  let isTest = isTestPath(options.localPath.slice(1));
  if (!isTest) for (const module of modules) isTest ||= TEST_RUNNERS.has(module);

  const nameOf: NameLookup = (name) => {
    if (hidden.has(name)) return undefined;
    const imported = imports.get(name);
    if (imported !== undefined) return reference(imported.module, imported.name);
    return names.has(name) ? undefined : globalReference(name);
  };
  const importList = [...imports].map(([local, i]) => `${local}=${i.module}#${i.name}${i.typeOnly ? '!' : ''}`);
  const fingerprint = [
    importList.join(),
    [...names].join(),
    [...hidden].sort().join(),
    [...modules].join(),
    options.packages.hash,
    String(isTest),
  ].join('|');
  return {
    imports,
    topLevel: names,
    modules,
    isTest,
    localPath: options.localPath,
    fingerprint,
    dependency: (name) => options.packages.version(name),
    isForDevelopment: (name) => options.packages.isForDevelopment(name),
    resolve: remembering((expression) => resolveWith(expression, nameOf)),
  };
}

/** Nodes whose answer is kept: rules ask about the same callee one after the other. */
const KEPT = 8;

/** Keeps the latest answers (cache: resolved names). Lives and dies with the header, as its nodes do with the tree. */
function remembering(resolve: FileHeader['resolve']): FileHeader['resolve'] {
  const asked: (ts.Node | undefined)[] = new Array(KEPT).fill(undefined);
  const answers: (string | undefined)[] = new Array(KEPT).fill(undefined);
  return (expression) => {
    const at = expression.end % KEPT;
    if (asked[at] !== expression) {
      answers[at] = resolve(expression);
      asked[at] = expression;
    }
    return answers[at];
  };
}

/** Says what a bare name refers to, in the form of `FileHeader.resolve`. */
export type NameLookup = (name: string, identifier: ts.Identifier) => string | undefined;

/** Reference to an unshadowed global, `global` for the global object itself. */
export function globalReference(name: string): string | undefined {
  if (GLOBAL_OBJECTS.has(name)) return 'global';
  return KNOWN_GLOBALS.has(name) ? `global#${name}` : undefined;
}

/** `module`, or `module#name`; modules that are another name for a global become that global. */
export function reference(module: string, name: string): string {
  if (GLOBAL_MODULES.has(module)) return name === '' ? `global#${module}` : `global#${module}.${name}`;
  return name === '' ? module : `${module}#${name}`;
}

/** Resolves an expression of names, property accesses and `require`, given what bare names mean. */
export function resolveWith(expression: ts.Node, nameOf: NameLookup): string | undefined {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return nameOf(node.text, node);
  if (ts.isPropertyAccessExpression(node)) {
    return ts.isIdentifier(node.name) ? member(resolveWith(node.expression, nameOf), node.name.text) : undefined;
  }
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    return ts.isStringLiteralLike(key) ? member(resolveWith(node.expression, nameOf), key.text) : undefined;
  }
  if (ts.isAwaitExpression(node)) return resolveWith(node.expression, nameOf);
  const required = requiredModule(node);
  return required === undefined ? undefined : reference(required, '');
}

function member(base: string | undefined, name: string): string | undefined {
  if (base === undefined) return undefined;
  if (name === 'default') return base;
  if (base === 'global') return globalReference(name);
  return base.includes('#') ? `${base}.${name}` : reference(base, name);
}
