import { type DataDocument, type DataEntry, type DataNode, ts, unwrap } from '#api';
import { valueAt } from '../../_shared/dataMembers.ts';
import { lastPart } from '../../_shared/filePath.ts';
import { TEST_FILE } from '../../_shared/testing/configFiles.ts';
import { nameOf } from '../../_shared/testing/setting.ts';

/** What a setting or flag does to the tests. */
export type Effect = 'forced' | 'ignored' | 'undetected';

type Runner = 'jest' | 'mocha' | 'vitest';

interface Setting {
  readonly runner: Runner;
  readonly value: boolean;
  readonly effect: Effect;
}

const SETTINGS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ['forceExit', { runner: 'jest', value: true, effect: 'forced' }],
  ['detectOpenHandles', { runner: 'jest', value: false, effect: 'undetected' }],
  ['exit', { runner: 'mocha', value: true, effect: 'forced' }],
  ['dangerouslyIgnoreUnhandledErrors', { runner: 'vitest', value: true, effect: 'ignored' }],
]);

/** The runner that a file configures, by its name; vitest's setting is told by its own name. */
function runnerOf(path: string): Runner {
  const name = lastPart(path);
  if (name.startsWith('.mocharc')) return 'mocha';
  return /jest/i.test(name) || /\/jest\/[^/]+$/.test(path) ? 'jest' : 'vitest';
}

function effectOf(runner: Runner, name: string, value: boolean): Effect | undefined {
  const setting = SETTINGS.get(name);
  const applies = setting?.runner === runner || setting?.runner === 'vitest';
  return applies && setting.value === value ? setting.effect : undefined;
}

export interface SourceSetting {
  readonly property: ts.PropertyAssignment;
  readonly name: string;
  readonly effect: Effect;
}

/**
 * Settings of an object literal that hide leaks.
 * @param runsJest whether the file hands options to Jest's own functions
 */
export function settingsInObject(
  object: ts.ObjectLiteralExpression,
  path: string,
  runsJest: () => boolean,
): readonly SourceSetting[] {
  // Nearly all objects of a program hold no switch at all.
  if (!object.properties.some(isSwitch) || TEST_FILE.test(path)) return [];
  const runner = runsJest() ? 'jest' : runnerOf(path);
  return object.properties.flatMap((property, index) => {
    if (!isSwitch(property)) return [];
    const name = nameOf(property) ?? '';
    const value = unwrap(property.initializer).kind === ts.SyntaxKind.TrueKeyword;
    const effect = effectOf(runner, name, value);
    // What comes behind may say otherwise.
    const open = object.properties.some(
      (other, at) => at > index && (ts.isSpreadAssignment(other) || nameOf(other) === name),
    );
    return effect === undefined || open ? [] : [{ property, name, effect }];
  });
}

/** `detectOpenHandles: false`. */
function isSwitch(property: ts.ObjectLiteralElementLike): property is ts.PropertyAssignment {
  if (!ts.isPropertyAssignment(property)) return false;
  const { kind } = unwrap(property.initializer);
  return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword;
}

export interface DataSetting {
  readonly entry: DataEntry;
  readonly effect: Effect;
}

/** Settings of runners in package.json and in configuration files in JSON or YAML. */
export function settingsInData(path: string, { roots: [root] }: DataDocument): readonly DataSetting[] {
  if (path.endsWith('/package.json')) {
    return [...settings(valueAt(root, 'jest'), 'jest'), ...settings(valueAt(root, 'mocha'), 'mocha')];
  }
  const runner = runnerOf(path);
  return runner === 'vitest' || /\.github\//.test(path) ? [] : settings(root, runner);
}

function settings(node: DataNode | undefined, runner: Runner): readonly DataSetting[] {
  if (node?.kind !== 'object') return [];
  return node.entries.flatMap((entry) => {
    const { key, value, merged } = entry;
    if (value?.kind !== 'scalar' || typeof value.value !== 'boolean' || merged || value.definition) return [];
    const effect = effectOf(runner, key, value.value);
    return effect === undefined ? [] : [{ entry, effect }];
  });
}
