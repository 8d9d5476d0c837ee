import type { Anchor, FileValue } from '#api';
import { folderOf, nearestFolder } from '../../_shared/filePath.ts';
import type { Chains } from '../../_shared/project/tsconfigChains.ts';
import type { ConfigChains, PlacedConfig } from '../../_shared/testing/configs/configChains.ts';
import type { ConfigItem } from '../../_shared/testing/configs/configFacet.ts';
import type { TestTypes } from './testTypesFacet.ts';
import { isTransformerName, tsconfigAt } from './tsJestOptions.ts';

/** `isolatedModules` of a tsconfig by which ts-jest leaves types unchecked. */
export interface IsolatedTsconfig {
  /** The file that switches it on, and where: the tsconfig itself or a base. */
  readonly path: string;
  readonly at: Anchor;
  /** Folder of the tests. */
  readonly home: string;
}

/** Tsconfig files with `isolatedModules` that ts-jest reads for tests in TypeScript, in versions that go by it. */
export function isolatedTsconfigs(
  configs: ConfigChains,
  values: readonly FileValue<TestTypes>[],
  chains: Chains,
): readonly IsolatedTsconfig[] {
  const ranges = new Map(
    values.flatMap(({ path, value }) => (value.package?.tsJest ? [[folderOf(path), value.package.tsJest]] : [])),
  );
  return configs.roots.flatMap((root) => {
    const home = configs.rootOf(root);
    const package_ = nearestFolder(`${home}/`, ranges);
    if (root.runner !== 'Jest' || package_ === undefined || !goesByTsconfig(ranges.get(package_) ?? '')) return [];
    const use = useOf(root, configs);
    if (use === undefined || !hasTypedTests(home, values)) return [];
    const tsconfig = use.tsconfig === undefined ? nearestTsconfig(home, chains) : tsconfigAt(home, use.tsconfig);
    const { links, unknownAt } = chains.of(tsconfig ?? '');
    const at = links.findIndex((link) => link.tsconfig.options['isolatedModules'] !== undefined);
    const link = links[at];
    const option = link?.tsconfig.options['isolatedModules'];
    if (link === undefined || option?.on !== true || at >= (unknownAt ?? links.length)) return [];
    return [{ path: link.path, at: option.at, home }];
  });
}

/** From 29.3 on ts-jest goes by the tsconfig; one version did not. */
function goesByTsconfig(range: string): boolean {
  const [, major = '0', minor = '0'] = /^[\^~>=v\s]*(\d+)\.(\d+)/.exec(range) ?? [];
  return (Number(major) > 29 || (Number(major) === 29 && Number(minor) >= 3)) && range !== '29.4.3';
}

/** How a configuration uses ts-jest: with the tsconfig that it names, if any. `undefined` where that cannot be told. */
function useOf(root: PlacedConfig, configs: ConfigChains): { readonly tsconfig?: string } | undefined {
  const [preset] = configs.settings(root, 'preset');
  const byPreset = typeof preset?.setting.value === 'string' && /^ts-jest(?:\/|$)/.test(preset.setting.value);
  const entries = configs
    .settings(root, 'transform')
    .flatMap(({ setting }) => Object.values(setting.members ?? {}))
    .map(optionsOf)
    .find((options) => options !== undefined);
  const options = entries ?? (byPreset ? configs.settings(root, 'globals', 'ts-jest')[0]?.setting : undefined);
  if (options === undefined) return byPreset ? {} : undefined;
  const { tsconfig, isolatedModules } = options.members ?? {};
  // What it says itself is reported there.
  if (options.isOpen === true || isolatedModules?.value === true) return undefined;
  if (tsconfig === undefined) return {};
  return typeof tsconfig.value === 'string' ? { tsconfig: tsconfig.value } : undefined;
}

/** Options of ts-jest in an entry of `transform`; `undefined` for other transformers. */
function optionsOf(entry: ConfigItem): ConfigItem | undefined {
  if (isTransformerName(entry.value)) return { members: {} };
  const [name, options] = entry.items ?? [];
  return isTransformerName(name?.value) ? (options ?? { members: {} }) : undefined;
}

function hasTypedTests(home: string, values: readonly FileValue<TestTypes>[]): boolean {
  return values.some(
    ({ path, value }) => value.isTest === true && path.startsWith(`${home}/`) && /\.[cm]?tsx?$/.test(path),
  );
}

/** What ts-jest reads where nothing is named: the tsconfig.json of the folder or of one above it. */
function nearestTsconfig(home: string, chains: Chains): string | undefined {
  const folders = new Set(
    [...chains.all.keys()].flatMap((path) => (path.endsWith('/tsconfig.json') ? [folderOf(path)] : [])),
  );
  const folder = nearestFolder(`${home}/`, folders);
  return folder && `${folder}/tsconfig.json`;
}
