import type { Filter, Query, Selection } from './queries.ts';
import { type KnownModel, type Relation, relationOf } from './relations.ts';

/** Columns of a model of which an index on any would serve what a query reads, in the order they are written. */
export interface Demand {
  readonly model: KnownModel;
  readonly columns: readonly string[];
  /** What the columns are for: a filter, the order of pages, or rows that belong to others. */
  readonly why: 'filtered' | 'sorted' | 'joined';
}

type Models = ReadonlyMap<string, KnownModel>;

/** What a filter asks for, and whether an index serves it already. */
interface Need {
  readonly isServed: boolean;
  readonly demands: readonly Demand[];
  /** Columns of the model itself that the filter could be served by. */
  readonly columns: readonly string[];
}

/** What a query needs an index for and has none. */
export function demandsOf(query: Query, model: KnownModel, models: Models): readonly Demand[] {
  const { filters, sorted, selections } = query;
  const demands = filters.flatMap((filter) => needOf(filter, model, models)?.demands ?? []);
  const isUnsorted = sorted !== undefined && model.scalars.has(sorted) && !model.served.has(sorted);
  return [
    ...demands,
    ...(isUnsorted ? [{ model, columns: [sorted], why: 'sorted' as const }] : []),
    ...readAlong(selections, model, models),
  ];
}

/** Rows that are looked up by the key they hold of others. */
function readAlong(selections: readonly Selection[] | undefined, model: KnownModel, models: Models): readonly Demand[] {
  return (selections ?? []).flatMap((selection) => {
    const relation = relationOf(model, selection.field, models);
    if (relation === undefined) return [];
    const needs = (selection.filters ?? []).map((filter) => needOf(filter, relation.model, models));
    const isOpen = selection.isOpen === true || needs.some((need) => need === undefined || need.isServed);
    const own = isOpen ? undefined : lookedUp(relation, needs[0]?.columns ?? []);
    const further = readAlong(selection.selections, relation.model, models);
    return own === undefined ? further : [own, ...further];
  });
}

/** Rows of the other side found by their key, and by what else is asked of them. */
function lookedUp({ holder, model, key }: Relation, columns: readonly string[]): Demand | undefined {
  if (holder !== 'other') return undefined;
  const all = [...new Set([...key, ...columns])];
  return all.some((column) => model.served.has(column)) ? undefined : { model, columns: all, why: 'joined' };
}

/** `undefined` where the filter speaks of something that the schema does not explain. */
function needOf(filter: Filter, model: KnownModel, models: Models): Need | undefined {
  const isRelation = (name: string) => model.relations.some((one) => one.name === name);
  if (filter.columns.some(isRelation)) return undefined;
  const columns = filter.columns.filter((name) => model.scalars.has(name));
  const related = relatedNeed(filter, model, models);
  const either = eitherNeed(filter, model, models);
  if (related === undefined || either === undefined) return undefined;
  const isServed =
    [...filter.columns, ...filter.maybe].some((name) => model.served.has(name)) ||
    filter.maybe.some(isRelation) ||
    related.isServed ||
    either.isServed;
  if (isServed) return { isServed, demands: related.lookups, columns };
  const [first] = [
    columns.length > 0 ? [{ model, columns, why: 'filtered' as const }] : [],
    related.demands,
    either.demands,
  ].filter((one) => one.length > 0);
  return { isServed, demands: [...related.lookups, ...(first ?? [])], columns };
}

interface RelatedNeed {
  readonly isServed: boolean;
  /** Needed where nothing else leads to few rows. */
  readonly demands: readonly Demand[];
  /** Needed always: which rows of the other side belong to one of this. */
  readonly lookups: readonly Demand[];
}

function relatedNeed({ related }: Filter, model: KnownModel, models: Models): RelatedNeed | undefined {
  let isServed = false;
  const demands: Demand[] = [];
  const lookups: Demand[] = [];
  for (const { field, filter } of related) {
    const relation = relationOf(model, field, models);
    const need = relation && needOf(filter, relation.model, models);
    if (relation === undefined || need === undefined) return undefined;
    // What no index helps with leaves everything to be read.
    const isSearched = need.isServed || need.columns.length > 0 || need.demands.length > 0;
    if (!isSearched) continue;
    const isKeyServed = relation.holder !== 'own' || relation.key.some((name) => model.served.has(name));
    if (need.isServed && isKeyServed) isServed = true;
    const lookup = need.isServed ? undefined : lookedUp(relation, need.columns);
    if (lookup !== undefined) lookups.push(lookup);
    // One relation that leads to few rows is enough.
    if (demands.length > 0) continue;
    if (!isKeyServed) demands.push({ model, columns: relation.key, why: 'filtered' });
    if (relation.holder !== 'other') demands.push(...need.demands);
  }
  return { isServed, demands, lookups };
}

/** Of alternatives each one has to be served. */
function eitherNeed(
  { either }: Filter,
  model: KnownModel,
  models: Models,
): Pick<RelatedNeed, 'isServed' | 'demands'> | undefined {
  let isServed = false;
  let demands: readonly Demand[] = [];
  for (const branches of either) {
    const needs: Need[] = [];
    for (const branch of branches) {
      const need = needOf(branch, model, models);
      if (need === undefined) return undefined;
      needs.push(need);
    }
    if (needs.length > 0 && needs.every((need) => need.isServed)) isServed = true;
    // One alternative that no index helps with makes the others' indexes worthless.
    const isHelpless = needs.some((need) => !need.isServed && need.demands.length === 0);
    if (demands.length === 0 && !isHelpless) demands = needs.flatMap((need) => need.demands);
  }
  return { isServed, demands };
}
