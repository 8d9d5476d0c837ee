import type { Anchor, ProjectContext } from '#api';
import { isOutsideService } from '../../_shared/project/outsideService.ts';
import { type Query, queryFacet } from './queryFacet.ts';
import { type Model, type SchemaFacts, schemaFacet } from './schemaFacet.ts';

/** Columns that queries look for and no index begins with, at the first of them in the schema. */
export interface MissingIndex {
  readonly model: string;
  readonly columns: readonly string[];
  readonly isSorted: boolean;
  readonly path: string;
  readonly anchor: Anchor;
  readonly queries: readonly (Query & { readonly path: string })[];
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
  const queries = new Map<string, (Query & { path: string })[]>();
  for (const { path, value, isTest } of ctx.all(queryFacet)) {
    if (isTest || isOutsideService(path.slice(ctx.root.length + 1))) continue;
    for (const query of value) {
      const known = queries.get(query.model);
      if (known === undefined) queries.set(query.model, [{ ...query, path }]);
      else known.push({ ...query, path });
    }
  }
  const provider = schemas.find(({ value }) => value.provider !== undefined)?.value.provider;
  const count = new Map<string, number>();
  for (const { value } of schemas) for (const { name } of value.models) count.set(name, (count.get(name) ?? 0) + 1);
  return schemas.flatMap(({ path, value }) =>
    value.models.flatMap((model) => {
      // Two schemas with a model of this name: nobody can tell which one is asked.
      if (count.get(model.name) !== 1 || small.has(model.name)) return [];
      const asked = queries.get(model.name.charAt(0).toLowerCase() + model.name.slice(1)) ?? [];
      return missingIn(model, asked, indexedIn(model, value, provider)).map((missing) => ({ ...missing, path }));
    }),
  );
}

function indexedIn(
  { name, indexed }: Model,
  { foreign }: SchemaFacts,
  provider: string | undefined,
): ReadonlySet<string> {
  return new Set([...indexed, ...(provider === 'mysql' ? (foreign[name] ?? []) : [])]);
}

function missingIn(
  { name: model, columns }: Model,
  queries: readonly (Query & { readonly path: string })[],
  indexed: ReadonlySet<string>,
): readonly Omit<MissingIndex, 'path'>[] {
  const known = new Map(columns.map((column) => [column.name, column.at]));
  const found = new Map<
    string,
    { columns: readonly string[]; isSorted: boolean; anchor: Anchor; queries: (Query & { path: string })[] }
  >();
  // The shortest filters first: what serves them serves the longer ones.
  for (const query of [...queries].sort((a, b) => a.by.length - b.by.length)) {
    if (query.by.some((column) => indexed.has(column))) continue;
    const useful = query.by.filter((column) => known.has(column));
    const same = useful.map((column) => found.get(column)).find((one) => one !== undefined);
    if (same !== undefined) {
      same.queries.push(query);
      continue;
    }
    const [first] = useful;
    const anchor = first === undefined ? undefined : known.get(first);
    if (first === undefined || anchor === undefined) continue;
    found.set(first, {
      columns: useful.slice(0, MAX_COLUMNS),
      isSorted: query.isSorted === true,
      anchor,
      queries: [query],
    });
  }
  return [...found.values()].map((one) => ({ model, ...one }));
}
