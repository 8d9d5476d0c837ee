import { type Anchor, type FacetContext, facet, type SourceFacetContext, ts, unwrap } from '#api';
import { entryAt, keysOf, valueAt } from '../../dataMembers.ts';
import { lastPart } from '../../filePath.ts';
import { TEST_FILE } from '../configFiles.ts';
import { fromData, fromSource, nameOf, type Setting } from '../setting.ts';
import { layersOf, type SourceLayer } from './layers.ts';

/** Programs whose configurations are read. */
export type ConfigRunner = 'Jest' | 'Vitest' | 'Mocha';

/** A value of a configuration, as plain data; all is left out of what cannot be told. */
export interface ConfigValue {
  /** Name and value together. */
  readonly at: Anchor;
  readonly value?: string | number | boolean | null;
  readonly members?: Readonly<Record<string, ConfigValue>>;
  readonly items?: readonly ConfigItem[];
  /** Something that cannot be seen is spread into it. */
  readonly isOpen?: true;
}

/** An item of a list, which has no place of its own. */
export type ConfigItem = Omit<ConfigValue, 'at'>;

/** What a configuration is put together from; of several layers the later one wins. */
export type Layer = (
  | { readonly kind: 'own'; readonly settings: Readonly<Record<string, ConfigValue>> }
  /** An export of another file or package; `preset` is looked for as Jest does. */
  | { readonly kind: 'file'; readonly module: string; readonly name: string; readonly isPreset?: true }
  | { readonly kind: 'open' }
) & { readonly maybe?: true; readonly deep?: true };

/** One configuration, or a part of some: what a file exports under a name. */
export interface RunnerConfig {
  /** `default` for the whole of what a file exports. */
  readonly name: string;
  /** By the name of the file; bases may have any name. */
  readonly runner?: ConfigRunner;
  /** The runner takes it by itself. */
  readonly isMain: boolean;
  readonly layers: readonly Layer[];
}

const CONFIG_NAME = /(?:^|[._-])(?:jest|vitest|vite|mocharc)(?:[._-]|$)/i;
const MAIN = /^(?:(?:jest|vitest|vite)\.config\.(?:[cm]?[jt]s|json)|\.mocharc\.\w+)$/;
/** Settings that only runners of tests have: a file with one of them may be a base, whatever it is called. */
const TELLING =
  /^(?:forceExit|detectOpenHandles|dangerouslyIgnoreUnhandledErrors|testEnvironment|testMatch|testRegex|testPathIgnorePatterns|setupFilesAfterEnv|coverageThreshold|collectCoverageFrom|transformIgnorePatterns|moduleNameMapper|ts-jest|isolatedModules)$/;

/** Configurations of Jest, Vitest and Mocha with what they take from other files, and bases of such under any name. */
export const runnerConfigFacet = facet<ts.Node, readonly RunnerConfig[]>({
  name: 'testing/runner-configs',
  collect: {
    ExportAssignment: ({ expression }, { path }) => (mayExport(expression, path) ? expression : undefined),
    BinaryExpression: {
      named: /^exports =$/,
      listen: ({ left, right }, { path }) =>
        ts.isPropertyAccessExpression(left) && mayExport(right, path) ? right : undefined,
    },
    PropertyAssignment: {
      named: TELLING,
      listen: (node, { path }) => (TELLING.test(nameOf(node) ?? '') && !TEST_FILE.test(path) ? node : undefined),
    },
  },
  fold(_, ctx) {
    const runner = runnerOf(ctx.path);
    const configs = exportsOf(ctx.file).flatMap(({ name, value }) => {
      const layers = layersOf(value, ctx).map((layer) => plainLayer(layer, ctx));
      return layers.every(({ kind }) => kind === 'open') ? [] : [configOf(name, layers, runner, ctx.path)];
    });
    return configs.length === 0 ? undefined : configs;
  },
  documents: {
    languages: ['json', 'yaml'],
    fold(document, ctx) {
      if (document.language !== 'json' && document.language !== 'yaml') return undefined;
      const [root] = document.roots;
      if (ctx.path.endsWith('/package.json')) {
        const own = (['jest', 'mocha'] as const).flatMap((key) => {
          const setting = fromData(valueAt(root, key));
          const runner = key === 'jest' ? 'Jest' : 'Mocha';
          return setting.kind === 'object'
            ? [{ ...configOf(key, [ownLayer(setting, ctx)], runner, ctx.path), isMain: true }]
            : [];
        });
        return own.length === 0 ? undefined : own;
      }
      const runner = runnerOf(ctx.path);
      const isNamed = runner !== undefined && runner !== 'Vitest' && !/\/\.github\//.test(ctx.path);
      if (document.language === 'yaml' && runner !== 'Mocha') return undefined;
      if (
        !isNamed &&
        (entryAt(root, 'compilerOptions') !== undefined || !keysOf(root).some((key) => TELLING.test(key)))
      )
        return undefined;
      const setting = fromData(root);
      return setting.kind === 'object' ? [configOf('default', [ownLayer(setting, ctx)], runner, ctx.path)] : undefined;
    },
  },
});

/** The runner that a file configures, by its name. */
function runnerOf(path: string): ConfigRunner | undefined {
  const name = lastPart(path);
  if (/^(?:ts|js)config/.test(name)) return undefined;
  if (name.startsWith('.mocharc')) return 'Mocha';
  if (/jest/i.test(name) || /\/jest\/[^/]+$/.test(path)) return 'Jest';
  return CONFIG_NAME.test(name) ? 'Vitest' : undefined;
}

/** Configurations by their names, and what hands on another file whole or in parts. */
function mayExport(expression: ts.Expression, path: string): boolean {
  if (TEST_FILE.test(path)) return false;
  if (runnerOf(path) !== undefined) return true;
  const node = unwrap(expression);
  return (
    ts.isObjectLiteralExpression(node) && node.properties.length > 0 && node.properties.every(ts.isSpreadAssignment)
  );
}

/** What a file exports at its top level, under which names. */
function exportsOf({ statements }: ts.SourceFile): readonly { readonly name: string; readonly value: ts.Node }[] {
  return statements.flatMap((statement) => {
    if (ts.isExportAssignment(statement)) return [{ name: 'default', value: statement.expression }];
    if (ts.isExpressionStatement(statement)) return assigned(statement.expression);
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!isExported) return [];
    if (ts.isFunctionDeclaration(statement)) {
      const isDefault = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true;
      return [{ name: isDefault ? 'default' : (statement.name?.text ?? ''), value: statement }];
    }
    return ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap(({ name, initializer }) =>
          ts.isIdentifier(name) && initializer !== undefined ? [{ name: name.text, value: initializer }] : [],
        )
      : [];
  });
}

/** `module.exports = …`, `exports.unit = …`. */
function assigned(expression: ts.Expression): readonly { readonly name: string; readonly value: ts.Node }[] {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  const { left, right } = expression;
  const written = ts.isPropertyAccessExpression(left) ? left.getText() : '';
  if (/^(?:module\.)?exports(?:\.default)?$/.test(written)) return [{ name: 'default', value: right }];
  const name = /^(?:module\.)?exports\.(\w+)$/.exec(written)?.[1];
  return name === undefined ? [] : [{ name, value: right }];
}

function configOf(
  name: string,
  layers: readonly Layer[],
  runner: ConfigRunner | undefined,
  path: string,
): RunnerConfig {
  return {
    name,
    isMain: name === 'default' && MAIN.test(lastPart(path)),
    ...(runner !== undefined && { runner }),
    layers: [...basesOf(layers, runner), ...layers],
  };
}

/** `preset` of Jest and `extends` of Mocha stand below all that a configuration says itself. */
function basesOf(layers: readonly Layer[], runner: ConfigRunner | undefined): readonly Layer[] {
  return layers.flatMap((layer) => {
    if (layer.kind !== 'own') return [];
    const named = runner === 'Mocha' ? layer.settings['extends'] : layer.settings['preset'];
    if (named === undefined || runner === 'Vitest') return [];
    const modules = (named.items ?? [named]).map(({ value }) => value);
    return modules.map(
      (module): Layer =>
        typeof module === 'string'
          ? { kind: 'file', module, name: 'default', ...(runner !== 'Mocha' && { isPreset: true }) }
          : { kind: 'open' },
    );
  });
}

// ── plain data ───────────────────────────────────────────────────────────────────────────────────────────────────────

type At = FacetContext['at'];

function plainLayer(layer: SourceLayer, ctx: SourceFacetContext): Layer {
  if (layer.kind !== 'own') return layer;
  const { properties, kind, ...way } = layer;
  const settings: Record<string, ConfigValue> = {};
  for (const property of properties) {
    const name = nameOf(property);
    if (name === undefined) continue;
    const value = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    const setting: Setting = value === undefined ? { kind: 'unknown' } : fromSource(value, (used) => ctx.lookup(used));
    settings[name] = { at: ctx.at(property), ...plain(setting, (place) => ctx.at(place)) };
  }
  return { kind, settings, ...way };
}

function ownLayer(setting: Extract<Setting, { kind: 'object' }>, { at }: { readonly at: At }): Layer {
  return { kind: 'own', settings: membersOf(setting, at) };
}

function membersOf({ members }: Extract<Setting, { kind: 'object' }>, at: At): Record<string, ConfigValue> {
  return Object.fromEntries(
    [...members].map(([name, { place, value }]) => [name, { at: at(place), ...plain(value, at) }]),
  );
}

function plain(setting: Setting, at: At): ConfigItem {
  if (setting.kind === 'value') return { value: setting.value };
  if (setting.kind === 'list') return { items: setting.items.map((item) => plain(item, at)) };
  if (setting.kind === 'object') return { members: membersOf(setting, at), ...(setting.isOpen && { isOpen: true }) };
  return {};
}
