import { type Finding, type FixContext, type FixEdit, refactor } from '#api';
import { specifierFor } from '../../_shared/moduleSpecifier.ts';
import { envFacet } from './envFacet.ts';
import { importOfEnv, replacement } from './replacement.ts';

/** Reads one variable from the validating module; only when that module exports its result and knows the variable. */
export async function useEnvModule(
  ctx: FixContext<unknown>,
  finding: Finding,
): Promise<readonly FixEdit[] | undefined> {
  const name = String(finding.data['name']);
  const home = [...ctx.all(envFacet)].find(
    ({ path, value }) =>
      value.validator?.exported !== undefined &&
      value.keys.includes(name) &&
      path.endsWith(`/${finding.data['module']}`),
  );
  const exported = home?.value.validator?.exported;
  if (home === undefined || exported === undefined) return undefined;
  const imported = [...ctx.header.imports].find(
    ([, { module, name: original }]) => original === exported && module.startsWith('.'),
  );
  const taken = imported === undefined && ctx.header.topLevel.has(exported);
  const local = imported?.[0] ?? (taken ? `${exported}Module` : exported);
  return refactor([{ path: ctx.path, text: ctx.text }], ({ replace }) => {
    const change = replacement(ctx, finding, name, local);
    if (change === undefined) return;
    const specifier = specifierFor(ctx.path, home.path, ctx.file, false);
    const importing = imported === undefined ? [importOfEnv(ctx, specifier, exported, local, true)] : [];
    replace(ctx.path, [change, ...importing]);
  });
}
