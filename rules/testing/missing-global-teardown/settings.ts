import { type DataNode, type Span, ts, unwrap } from '#api';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { hasUnknownPreset } from '../../_shared/testing/presets.ts';
import { fromData, fromSource, memberOf, nameOf, type Setting } from '../../_shared/testing/setting.ts';

/** Runners that call a function before and after all tests. */
export type Runner = 'Jest' | 'Vitest' | 'Mocha';

/** What one object of a configuration says. */
export interface Found {
  readonly runner: Runner;
  readonly prepares: readonly { readonly setting: string; readonly file: string; readonly place: ts.Node | Span }[];
  readonly mayTearDown: boolean;
  readonly root: string | undefined;
}

/** Settings that name files to run before the tests. */
const PREPARES: Readonly<Record<Runner, readonly string[]>> = {
  Jest: ['globalSetup', 'setupFiles', 'setupFilesAfterEnv', 'setupTestFrameworkScriptFile'],
  Vitest: ['globalSetup', 'setupFiles'],
  Mocha: ['require', 'file'],
};

/** Settings under which further configurations stand. */
const PROJECTS = ['projects', 'workspace'];
/** Presets that bring an end of their own. */
const TEARS_DOWN = /^(?:@shelf\/|jest-puppeteer|@databases\/)/;
const MAX_DEPTH = 3;

/** Reads an object literal of a configuration file. */
export function inSource(object: ts.ObjectLiteralExpression, runner: Runner, source: SourceView, depth = 0): Found {
  const prepares: Found['prepares'][number][] = [];
  let mayTearDown = false;
  let root: string | undefined;
  for (const property of object.properties) {
    const name = nameOf(property);
    const value = propertyValue(property, source);
    if (name === 'globalTeardown') mayTearDown = true;
    if (name === undefined || value === undefined) continue;
    if (name === 'rootDir' || name === 'root') root = pathsIn(value)[0];
    else if (PREPARES[runner].includes(name)) {
      for (const file of pathsIn(value)) prepares.push({ setting: name, file, place: property });
    } else if ((name === 'test' || PROJECTS.includes(name)) && depth < MAX_DEPTH) {
      for (const inner of objectsIn(value, source)) {
        const found = inSource(inner, runner, source, depth + 1);
        prepares.push(...found.prepares);
        mayTearDown ||= found.mayTearDown;
        root ??= found.root;
      }
    }
  }
  return { runner, prepares, mayTearDown: mayTearDown || bringsTeardown(fromSource(object, source.lookup)), root };
}

/** Reads a configuration in JSON or YAML. */
export function inData(node: DataNode | undefined, runner: Runner, depth = 0): Found | undefined {
  if (node?.kind !== 'object') return undefined;
  const prepares: Found['prepares'][number][] = [];
  let mayTearDown = bringsTeardown(fromData(node));
  let root: string | undefined;
  for (const { key, value, span } of node.entries) {
    if (key === 'globalTeardown' || key === 'extends') mayTearDown = true;
    if (value === undefined) continue;
    if (key === 'rootDir') root = textsIn(value)[0];
    else if (PREPARES[runner].includes(key)) {
      for (const file of textsIn(value)) prepares.push({ setting: key, file, place: span });
    } else if (PROJECTS.includes(key) && value.kind === 'array' && depth < MAX_DEPTH) {
      for (const item of value.items) {
        const found = inData(item, runner, depth + 1);
        prepares.push(...(found?.prepares ?? []));
        mayTearDown ||= found?.mayTearDown === true;
      }
    }
  }
  return { runner, prepares, mayTearDown, root };
}

function bringsTeardown(config: Setting): boolean {
  const preset = memberOf(config, 'preset')?.value;
  const name = preset?.kind === 'value' ? preset.value : undefined;
  return hasUnknownPreset(config) || (typeof name === 'string' && TEARS_DOWN.test(name));
}

function textsIn(value: DataNode): readonly string[] {
  const nodes = value.kind === 'array' ? value.items : [value];
  return nodes.flatMap((node) => (node.kind === 'scalar' && typeof node.value === 'string' ? [node.value] : []));
}

function propertyValue(property: ts.ObjectLiteralElementLike, source: SourceView): ts.Node | undefined {
  if (ts.isShorthandPropertyAssignment(property)) return initialValue(property.name, source);
  if (!ts.isPropertyAssignment(property)) return undefined;
  const value = unwrap(property.initializer);
  return ts.isIdentifier(value) ? initialValue(value, source) : value;
}

function objectsIn(value: ts.Node, source: SourceView, depth = 0): readonly ts.ObjectLiteralExpression[] {
  const node = unwrap(value);
  if (depth > MAX_DEPTH) return [];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((item) => objectsIn(item, source, depth + 1));
  const named = ts.isIdentifier(node) ? initialValue(node, source) : undefined;
  if (named !== undefined) return objectsIn(named, source, depth + 1);
  return ts.isObjectLiteralExpression(node) ? [node] : [];
}

/** Paths in a value: texts, lists of them, and texts that start from the folder of the configuration. */
function pathsIn(value: ts.Node): readonly string[] {
  const node = unwrap(value);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(pathsIn);
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'pathname') return pathsIn(node.expression);
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
  const callee = node.expression.getText();
  if (!/(?:^|\.)(?:resolve|join|fileURLToPath|URL)$/.test(callee)) return [];
  const parts = (node.arguments ?? []).flatMap((argument): readonly (string | undefined)[] => {
    if (ts.isStringLiteralLike(argument)) return [argument.text];
    if (/^(?:__dirname|import\.meta\.(?:dirname|url)|process\.cwd\(\))$/.test(argument.getText())) return [];
    const [inner] = pathsIn(argument);
    return [inner];
  });
  return parts.includes(undefined) || parts.length === 0 ? [] : [`./${parts.join('/')}`];
}
