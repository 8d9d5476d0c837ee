import type { Anchor, ProjectContext } from '#api';
import { isSmallTable } from '../../_shared/data/fewRecords.ts';
import { isOutsideService } from '../../_shared/places.ts';
import { type Demand, demandsOf } from './demands.ts';
import type { Query } from './queries.ts';
import { queryFacet } from './queryFacet.ts';
import { type KnownModel, modelsOf } from './relations.ts';
import { schemaFacet } from './schemaFacet.ts';

/** Columns that queries look for and no index begins with, at the first of them in the schema. */
export interface MissingIndex {
  readonly model: string;
  readonly columns: readonly string[];
  readonly why: Demand['why'];
  readonly path: string;
  readonly anchor: Anchor;
  readonly queries: readonly PlacedQuery[];
}

interface PlacedQuery extends Query {
  readonly path: string;
}

interface PlacedDemand extends Demand {
  readonly query: PlacedQuery;
}

/** More columns make the index larger than they make it better. */
const MAX_COLUMNS = 3;

/** Compares the models of all schemas with all queries; one finding for each model and first column. */
export function missingIndexes(
  ctx: Pick<ProjectContext<string, unknown>, 'all' | 'root'>,
  small: ReadonlySet<string>,
): readonly MissingIndex[] {
  const schemas = [...ctx.all(schemaFacet)];
  if (schemas.length === 0) return [];
  const models = modelsOf(schemas);
  const byClientName = new Map(
    [...models.values()].map((model) => [model.name.charAt(0).toLowerCase() + model.name.slice(1), model]),
  );
  const demands = new Map<KnownModel, PlacedDemand[]>();
  for (const { path, value, isTest } of ctx.all(queryFacet)) {
    if (isTest || isNoService(path.slice(ctx.root.length))) continue;
    for (const query of value) {
      const asked = byClientName.get(query.model);
      const at = { ...query, path };
      for (const demand of asked === undefined ? [] : demandsOf(query, asked, models)) {
        const placed = { ...demand, query: at };
        const known = demands.get(demand.model);
        if (known === undefined) demands.set(demand.model, [placed]);
        else known.push(placed);
      }
    }
  }
  return [...models.values()].flatMap((model) =>
    small.has(model.name) || isSmallTable(model.name) ? [] : missingIn(model, demands.get(model) ?? []),
  );
}

/** What runs once, `prisma/seed-boats.ts` for one. */
function isNoService(localPath: string): boolean {
  return isOutsideService(localPath) || /(?:^|\/)seed[^/]*$/.test(localPath);
}

function missingIn(model: KnownModel, demands: readonly PlacedDemand[]): readonly MissingIndex[] {
  const anchors = new Map(model.columns.map(({ name, at }) => [name, at]));
  const found = new Map<string, Omit<MissingIndex, 'queries'> & { queries: PlacedQuery[] }>();
  // The fewest columns first: what serves them serves those with more.
  for (const { columns, why, query } of [...demands].sort((a, b) => a.columns.length - b.columns.length)) {
    const same = columns.map((column) => found.get(column)).find((one) => one !== undefined);
    if (same !== undefined) {
      if (!same.queries.includes(query)) same.queries.push(query);
      continue;
    }
    const [first] = columns;
    const anchor = first === undefined ? undefined : anchors.get(first);
    if (first === undefined || anchor === undefined) continue;
    found.set(first, {
      model: model.name,
      path: model.path,
      columns: columns.slice(0, MAX_COLUMNS),
      why,
      anchor,
      queries: [query],
    });
  }
  return [...found.values()];
}
