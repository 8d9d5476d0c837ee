import { type CollectContext, type DataNode, type Listeners, ts, unwrap } from '#api';
import { textAt, valueAt } from '../../_shared/dataMembers.ts';
import { resolvePath } from '../../_shared/filePath.ts';
import { TEST_FILE } from '../../_shared/testing/configFiles.ts';
import { nameOf } from '../../_shared/testing/setting.ts';
import type { Placed } from './placed.ts';
import { isScriptConfig, standsInScriptConfig } from './scriptTests.ts';

/** `ts-jest` itself, one of its entry points, or a transformer that takes its options. */
const TRANSFORMER = /(?:^|\/)(?:ts-jest(?:\/(?:legacy|preprocessor(?:\.js)?))?|jest-preset-angular)$/;

/** Functions of ts-jest that take its options and make a part of Jest's. */
const PRESET = /^ts-jest#create(?:Default|DefaultEsm|DefaultLegacy|DefaultEsmLegacy|JsWithTs|JsWithBabel)\w*Preset$/;

type Context = Pick<CollectContext<unknown>, 'path' | 'header'>;

/** Collects the expressions that are options of ts-jest: by key, in a transform's tuple, and handed to a preset. */
export const tsJestOptions: Listeners<Context, ts.Expression | undefined> = {
  PropertyAssignment: {
    named: /^ts-jest$/,
    listen: (node, { path }) =>
      nameOf(node) === 'ts-jest' && !TEST_FILE.test(path) && !standsInScriptConfig(node)
        ? options(node.initializer)
        : undefined,
  },
  ArrayLiteralExpression: (node, { path, header }) => {
    const [transformer, second] = node.elements;
    if (transformer === undefined || second === undefined || TEST_FILE.test(path)) return undefined;
    return isTransformer(transformer, header) && !standsInScriptConfig(node) ? options(second) : undefined;
  },
  CallExpression: { named: /Preset$/, imported: true, listen: presetOptions },
};

/** The options that a function of ts-jest is called with. */
export function presetOptions(call: ts.CallExpression, { path, header }: Context): ts.Expression | undefined {
  const [first] = call.arguments;
  if (first === undefined || TEST_FILE.test(path)) return undefined;
  return PRESET.test(header.resolve(call.expression) ?? '') ? options(first) : undefined;
}

/** Objects and names that may stand for one. */
function options(expression: ts.Expression): ts.Expression | undefined {
  const node = unwrap(expression);
  return ts.isObjectLiteralExpression(node) || ts.isIdentifier(node) ? node : undefined;
}

/** `'ts-jest'`, a path to it, or `require.resolve('ts-jest')`. */
function isTransformer(expression: ts.Expression, header: Context['header']): boolean {
  const node = unwrap(expression);
  if (ts.isStringLiteralLike(node)) return TRANSFORMER.test(node.text);
  if (!ts.isCallExpression(node) || header.resolve(node.expression) !== 'global#require.resolve') return false;
  const [module] = node.arguments;
  return module !== undefined && ts.isStringLiteralLike(module) && TRANSFORMER.test(module.text);
}

/** Options of ts-jest in JSON, and where they stand. */
export interface PlacedNode {
  readonly node: DataNode;
  readonly placed: Placed;
}

/** The options of ts-jest in a JSON file, those of its projects included. */
export function optionsInJson(path: string, root: DataNode | undefined): readonly PlacedNode[] {
  const config = path.endsWith('/package.json') ? valueAt(root, 'jest') : root;
  const projects = valueAt(config, 'projects');
  const outer = textAt(config, 'rootDir');
  return [
    ...optionsOfConfig(config, outer, true),
    ...(projects?.kind === 'array' ? projects.items : []).flatMap((item) =>
      optionsOfConfig(item, textAt(item, 'rootDir') ?? outer, false),
    ),
  ];
}

function optionsOfConfig(
  config: DataNode | undefined,
  root: string | undefined,
  isWhole: boolean,
): readonly PlacedNode[] {
  if (isScriptConfig(config)) return [];
  const home = root !== undefined && { rootDir: root };
  const place = (node: DataNode | undefined, section: 'globals' | 'transform'): readonly PlacedNode[] =>
    node === undefined ? [] : [{ node, placed: { ...home, ...(isWhole && { section }) } }];
  const transform = valueAt(config, 'transform');
  const tuples = transform?.kind === 'object' ? transform.entries.map((entry) => entry.value) : [];
  return [
    ...place(valueAt(config, 'globals', 'ts-jest'), 'globals'),
    ...tuples.flatMap((tuple) => place(optionsOfTuple(tuple), 'transform')),
  ];
}

function optionsOfTuple(node: DataNode | undefined): DataNode | undefined {
  if (node?.kind !== 'array') return undefined;
  const [transformer, second] = node.items;
  return transformer?.kind === 'scalar' && isTransformerName(transformer.value) ? second : undefined;
}

/** Whether a name of a transformer is that of ts-jest, or of one that takes its options. */
export function isTransformerName(name: unknown): boolean {
  return typeof name === 'string' && TRANSFORMER.test(name);
}

/** A path as Jest writes it; an ending is added where it is left out. */
export function tsconfigAt(folder: string, path: string): string {
  const joined = resolvePath(folder, path.replace(/^<rootDir>\//, './'));
  return joined.endsWith('.json') ? joined : `${joined}.json`;
}
