import type { Chain, Chains } from '../../_shared/project/tsconfigChains.ts';

/** Published bases that leave JavaScript out. */
const WITHOUT = /^@(?:tsconfig\/(?:node[\w.-]*|recommended)|vue\/tsconfig)(?:\/|$)/;

/** Tells whether a tsconfig, or a project that it names, takes JavaScript in, or may do so by a base that cannot be seen. */
export function takesJavaScript(chains: Chains, path: string, seen: ReadonlySet<string> = new Set()): boolean {
  if (seen.has(path)) return false;
  const visited = new Set([...seen, path]);
  return (
    mayTakeJavaScript(chains.of(path)) ||
    chains.referencesOf(path).some((reference) => takesJavaScript(chains, reference, visited))
  );
}

function mayTakeJavaScript({ links, foreign }: Chain): boolean {
  const said = links.map(({ tsconfig }) => [tsconfig.options['allowJs']?.on, tsconfig.options['checkJs']?.on]);
  const at = said.findIndex((values) => values.some((value) => value !== undefined));
  // What is checked is taken in, unless it is said that it is not.
  if (at >= 0 && said[at]?.includes(true) === true) return true;
  return foreign.some((one) => !WITHOUT.test(one.base) && (at === -1 || one.at <= at));
}
