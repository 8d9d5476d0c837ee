import type { Anchor, ProjectContext } from '#api';
import { nearestPackage } from '../../_shared/project/nearestPackage.ts';
import { connectionFacet } from '../../_shared/testing/connections/connectionFacet.ts';
import { isReplacedByFolder } from '../../_shared/testing/connections/replaced.ts';

type Project = Pick<ProjectContext<string, unknown>, 'root' | 'exists' | 'all' | 'get' | 'resolveImport'>;

/** A connection that a file of preparations leaves open. */
export interface LeftOpen {
  /** What the file calls what holds it; with brackets for a function that opens it. */
  readonly name: string;
  readonly target: string;
  readonly anchor: Anchor;
  /** How it is closed; `undefined` where nothing of it is at hand. */
  readonly close: string | undefined;
  readonly closes: string;
}

/** The first connection that a file of preparations opens, itself or through another file of the project. */
export function leftOpen(path: string, ctx: Project): LeftOpen | undefined {
  const facts = ctx.get(path, connectionFacet);
  if (facts?.setUp === undefined) return undefined;
  for (const { at, name, target, module, close, closes } of facts.setUp.opens) {
    if (!isReplacedByFolder(path, module, ctx)) return { name, target, anchor: at, close, closes };
  }
  for (const { at, module, name, local, isCall } of facts.setUp.uses) {
    const file = ctx.resolveImport(path, module);
    const offers = file === undefined ? undefined : ctx.get(file, connectionFacet);
    const list = isCall ? offers?.starters : offers?.clients;
    const offered = list !== undefined && Object.hasOwn(list, name) ? list[name] : undefined;
    if (offered === undefined || isReplacedByFolder(path, offered.module, ctx)) continue;
    const { target, close, closes } = offered;
    if (isCall) return { name: `${local}()`, target, anchor: at, close: undefined, closes };
    return { name: local, target, anchor: at, close, closes };
  }
  return undefined;
}

/** Whether a hook anywhere in a file's package, or in one around it, closes something that may be a client. */
export function closedByHooks(ctx: Project): (path: string) => boolean {
  const folders = new Set<string>();
  for (const { path, value } of ctx.all(connectionFacet)) {
    if (value.cleansUp || value.closes === true) folders.add(nearestPackage(path, ctx));
  }
  return (path) => [...folders].some((folder) => path.startsWith(`${folder}/`));
}
