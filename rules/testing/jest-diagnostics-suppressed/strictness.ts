import type { Anchor } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { type Chain, type Chains, isStrict, optionIn } from '../../_shared/project/tsconfigChains.ts';
import { STRICT_FLAGS } from './testTypesFacet.ts';

/** A compiler option that the tests run without although the code is written with it. */
export interface Lowered {
  /** The file that switches it off, and where. */
  readonly path: string;
  readonly at: Anchor;
  readonly flag: string;
  /** The tsconfig that has the option on. */
  readonly base: string;
}

const TEST_TSCONFIG =
  /(?:^|\/)(?:tsconfig[.-](?:[\w-]+\.)?(?:tests?|specs?|jest|e2e|unit|integration)(?:[.-][\w-]+)?\.json|(?:tests?|__tests__|e2e|specs?)\/tsconfig\.json)$/;

/** Whether a tsconfig is for tests alone, by its name. */
export function isForTests(path: string): boolean {
  return TEST_TSCONFIG.test(path);
}

/** Options that a tsconfig for tests switches off, itself or by a base that it takes, and that hold for the code under test. */
export function loweredIn(path: string, chains: Chains): readonly Lowered[] {
  const chain = chains.of(path);
  const [code] = nearestTsconfig(path, chains);
  return STRICT_FLAGS.flatMap((flag) => {
    const at = chain.links.findIndex(({ tsconfig }) => tsconfig.options[flag] !== undefined);
    const link = chain.links[at];
    const option = link?.tsconfig.options[flag];
    if (link === undefined || option === undefined || option.on || at >= (chain.unknownAt ?? chain.links.length))
      return [];
    if (code !== undefined && isOff(flag, code, chains)) return [];
    const base = at === 0 ? baseWith(flag, path, code, chains) : outvoted(flag, at, chain);
    return base === undefined ? [] : [{ path: link.path, at: option.at, flag, base }];
  });
}

/** The tsconfig.json that holds for the code beside or above a file and has an option on. */
export function codeWith(flag: string, path: string, chains: Chains): string | undefined {
  return nearestTsconfig(path, chains).find((code) => isOn(flag, code, chains));
}

/** What the option of the file itself hides: that of one of its bases, or of the code where it has none. */
function baseWith(flag: string, path: string, code: string | undefined, chains: Chains): string | undefined {
  const bases = chains.basesOf(path);
  if (bases.length > 0) return bases.find((base) => isOn(flag, base, chains));
  return code !== undefined && isOn(flag, code, chains) ? code : undefined;
}

/** The base that would have the option on, were it not for the one at `at` of the chain, which comes later in a list. */
function outvoted(flag: string, at: number, chain: Chain): string | undefined {
  const hidden = chain.links.slice(at + 1);
  const own = hidden.find(({ tsconfig }) => tsconfig.options[flag] !== undefined);
  if (own !== undefined) return own.tsconfig.options[flag]?.on === true ? own.path : undefined;
  if (flag === 'strict' || isStrict(chain) !== true) return undefined;
  return hidden.find(({ tsconfig }) => tsconfig.options['strict']?.on === true)?.path;
}

/** Whether an option holds in a tsconfig: set itself along the chain of `extends`, else by `strict`. */
function isOn(flag: string, path: string, chains: Chains): boolean {
  const chain = chains.of(path);
  // A base that is published, and known to be strict, is no file of the workspace.
  if (chain.links.length === 0) return true;
  return (flag === 'strict' ? undefined : optionIn(chain, flag)) ?? isStrict(chain) ?? false;
}

/** Whether the code itself does without the option; of a list of projects, whether all that are not for tests do. */
function isOff(flag: string, path: string, chains: Chains): boolean {
  const isList = chains.of(path).links[0]?.tsconfig.isSolution === true;
  const projects = isList ? chains.referencesOf(path).filter((project) => !isForTests(project)) : [path];
  return projects.length > 0 && projects.every((project) => switchesOff(flag, chains.of(project)));
}

function switchesOff(flag: string, chain: Chain): boolean {
  return chain.unknownAt === undefined && optionIn(chain, flag) === false;
}

/** The tsconfig.json that holds for the code beside or above a file. */
function nearestTsconfig(path: string, chains: Chains): readonly string[] {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    const candidate = `${folder}/tsconfig.json`;
    if (candidate !== path && chains.all.has(candidate)) return [candidate];
  }
  return [];
}
