import type { Anchor, MessageData, ProjectContext } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { type ComposeFacts, type Dependency, dependencyFacet } from './dependencyFacet.ts';
import { type ImageCheck, imageCheckFacet } from './imageChecks.ts';

/** A `depends_on` that does not fit what is checked. */
export interface Contradiction {
  readonly path: string;
  readonly anchor: Anchor;
  readonly message: 'started' | 'never';
  readonly data: MessageData;
}

/** Compares what services wait for with the checks of compose files and of the images that are built here. */
export function contradictions(ctx: Pick<ProjectContext<string, unknown>, 'all' | 'get'>): readonly Contradiction[] {
  const files = [...ctx.all(dependencyFacet)];
  return files.flatMap(({ path, value }) => {
    const beside = files.filter((other) => other.path !== path && folderOf(other.path) === folderOf(path));
    const others = new Set(beside.flatMap((other) => other.value.checked));
    const health = (one: Dependency) => healthOf(one, others, (file) => ctx.get(file, imageCheckFacet));
    return value.waiting.flatMap((waiting) => contradictionsOf(waiting, health).map((found) => ({ path, ...found })));
  });
}

type Health = 'checked' | 'unchecked' | undefined;

function contradictionsOf(
  { service, list, listed, healthy }: ComposeFacts['waiting'][number],
  health: (one: Dependency) => Health,
): readonly Omit<Contradiction, 'path'>[] {
  const checked = listed.filter((one) => health(one) === 'checked').map(({ name }) => name);
  if (list !== undefined && checked.length > 0) {
    return [{ anchor: list, message: 'started', data: { service, others: checked.join(', ') } }];
  }
  return healthy.flatMap((one) =>
    health(one) === 'unchecked'
      ? [{ anchor: one.at, message: 'never' as const, data: { service, other: one.name } }]
      : [],
  );
}

/** @param others services that another compose file beside this one checks, which may be merged with it */
function healthOf(
  { name, check, dockerfile, target, isBare }: Dependency,
  others: ReadonlySet<string>,
  imageCheck: (dockerfile: string) => ImageCheck | undefined,
): Health {
  if (check !== undefined) return check === 'on' ? 'checked' : 'unchecked';
  if (others.has(name)) return undefined;
  if (dockerfile !== undefined) {
    const image = imageCheck(dockerfile);
    return target === undefined || target === image?.stage ? image?.health : undefined;
  }
  return isBare ? 'unchecked' : undefined;
}
