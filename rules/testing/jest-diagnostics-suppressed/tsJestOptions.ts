import { type CollectContext, type DataNode, type Listeners, ts, unwrap } from '#api';
import { valueAt } from '../../_shared/dataMembers.ts';
import { TEST_FILE } from '../../_shared/testing/configFiles.ts';
import { nameOf } from '../../_shared/testing/setting.ts';
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

/** The options of ts-jest in a JSON file, those of its projects included. */
export function optionsInJson(path: string, root: DataNode | undefined): readonly DataNode[] {
  const config = path.endsWith('/package.json') ? valueAt(root, 'jest') : root;
  const projects = valueAt(config, 'projects');
  return [config, ...(projects?.kind === 'array' ? projects.items : [])].flatMap(optionsOfConfig);
}

function optionsOfConfig(config: DataNode | undefined): readonly DataNode[] {
  if (isScriptConfig(config)) return [];
  const global = valueAt(config, 'globals', 'ts-jest');
  const transform = valueAt(config, 'transform');
  const tuples = transform?.kind === 'object' ? transform.entries.map((entry) => entry.value) : [];
  return [global, ...tuples.map(optionsOfTuple)].filter((node) => node !== undefined);
}

function optionsOfTuple(node: DataNode | undefined): DataNode | undefined {
  if (node?.kind !== 'array') return undefined;
  const [transformer, second] = node.items;
  const named = transformer?.kind === 'scalar' && typeof transformer.value === 'string';
  return named && TRANSFORMER.test(transformer.value) ? second : undefined;
}
