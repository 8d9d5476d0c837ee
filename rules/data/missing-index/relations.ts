import type { Model, SchemaFacts } from './schemaFacet.ts';

/** Where a relation leads, and which side holds the other's key. */
export interface Relation {
  readonly model: KnownModel;
  /** Who holds the key: rows of this model, rows of the other one, or a table between them that has its own indexes. */
  readonly holder: 'own' | 'other' | 'between';
  /** Columns of the holder. */
  readonly key: readonly string[];
}

/** A model with what is known of it from all files of its schema. */
export interface KnownModel extends Model {
  readonly path: string;
  /** Names of `columns`. */
  readonly scalars: ReadonlySet<string>;
  /** Columns that an index begins with, those that the database makes by itself included. */
  readonly served: ReadonlySet<string>;
}

/** Models by name; without those of which two schemas have one, because nobody can tell which of them is asked. */
export function modelsOf(
  schemas: readonly { readonly path: string; readonly value: SchemaFacts }[],
): ReadonlyMap<string, KnownModel> {
  const models = new Map<string, KnownModel>();
  const twice = new Set<string>();
  for (const { path, value } of schemas) {
    const indexesKeys = hasIndexedKeys(path, schemas);
    for (const model of value.models) {
      if (models.has(model.name)) twice.add(model.name);
      const keys = indexesKeys ? model.relations.flatMap(({ key }) => key.slice(0, 1)) : [];
      models.set(model.name, {
        ...model,
        path,
        scalars: new Set(model.columns.map(({ name }) => name)),
        served: new Set([...model.indexed, ...keys]),
      });
    }
  }
  for (const name of twice) models.delete(name);
  return models;
}

/** MySQL makes an index for each foreign key. */
function hasIndexedKeys(
  path: string,
  schemas: readonly { readonly path: string; readonly value: SchemaFacts }[],
): boolean {
  const sources = schemas.flatMap(({ path: at, value: { source } }) => (source === undefined ? [] : [{ at, source }]));
  // The file with the datasource lies beside the others of its schema, or above them.
  const own = sources
    .filter(({ at }) => path.startsWith(at.slice(0, at.lastIndexOf('/') + 1)))
    .sort((a, b) => b.at.length - a.at.length)
    .slice(0, 1);
  return (own.length > 0 ? own : sources).some(({ source }) => source.provider === 'mysql' && !source.isEmulated);
}

/** The relation behind a field; `undefined` for fields of other kinds, and where the other side cannot be told. */
export function relationOf(model: Model, field: string, models: ReadonlyMap<string, KnownModel>): Relation | undefined {
  const own = model.relations.find(({ name }) => name === field);
  const other = own && models.get(own.model);
  if (own === undefined || other === undefined) return undefined;
  if (own.key.length > 0 && !own.isList) return { model: other, holder: 'own', key: own.key };
  const back = other.relations.filter(
    (one) => one.model === model.name && one.relation === own.relation && (other !== model || one !== own),
  );
  const holders = back.filter(({ key }) => key.length > 0);
  const [holder] = holders;
  if (holder !== undefined)
    return holders.length === 1 && !holder.isList ? { model: other, holder: 'other', key: holder.key } : undefined;
  return own.isList && own.key.length === 0 && back.length > 0 && back.every(({ isList }) => isList)
    ? { model: other, holder: 'between', key: [] }
    : undefined;
}
