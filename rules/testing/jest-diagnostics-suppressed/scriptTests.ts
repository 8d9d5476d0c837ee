import { type DataNode, ts } from '#api';
import { fromData, fromSource, memberOf, type Setting } from '../../_shared/testing/setting.ts';

/**
 * Whether a configuration of Jest runs JavaScript alone, by its `testMatch` or `testRegex`: such tests have no types that a
 * setting could hide.
 */
function runsScriptsOnly(config: Setting): boolean {
  const patterns = ['testMatch', 'testRegex'].flatMap((name) => texts(memberOf(config, name)?.value));
  return patterns.length > 0 && patterns.every((pattern) => /\.[cm]?js(?:x\??)?\$?$/.test(pattern ?? ''));
}

/** The same for a node of JSON. */
export function isScriptConfig(config: DataNode | undefined): boolean {
  return runsScriptsOnly(fromData(config));
}

/** The same for the object literal around options of ts-jest, which stand in its `globals` or its `transform`. */
export function standsInScriptConfig(node: ts.Node): boolean {
  const member = ts.isArrayLiteralExpression(node) ? node.parent : node;
  const section = member.parent?.parent;
  if (section === undefined || !ts.isPropertyAssignment(section)) return false;
  return runsScriptsOnly(fromSource(section.parent, () => undefined));
}

function texts(setting: Setting | undefined): readonly (string | undefined)[] {
  if (setting === undefined) return [];
  if (setting.kind === 'list') return setting.items.flatMap(texts);
  return [setting.kind === 'value' && typeof setting.value === 'string' ? setting.value : undefined];
}
