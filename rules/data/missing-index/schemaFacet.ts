import { type Anchor, facet, type PrismaAttribute, type PrismaBlock } from '#api';

/** A column by which rows may be looked for. */
export interface Column {
  readonly name: string;
  readonly at: Anchor;
}

/** A field that leads to rows of another model. */
export interface RelationField {
  readonly name: string;
  readonly model: string;
  readonly isList: boolean;
  /** Tells several relations between the same models apart; empty where there is one. */
  readonly relation: string;
  /** Columns of this model that hold the key of the other; empty on the other side. */
  readonly key: readonly string[];
}

/** A model of a Prisma schema. */
export interface Model {
  readonly name: string;
  /** Columns whose values tell rows apart: no flags, no lists of a few words, no relations. */
  readonly columns: readonly Column[];
  /** Columns that an index begins with, but those that the database makes by itself. */
  readonly indexed: readonly string[];
  /** Fields of other types; these are relations where the type is a model. */
  readonly relations: readonly RelationField[];
}

export interface SchemaFacts {
  readonly models: readonly Model[];
  /** The datasource, where this file has it: a schema may be spread over several files. */
  readonly source?: {
    readonly provider: string;
    /** The database knows nothing of foreign keys, the client sees to them. */
    readonly isEmulated: boolean;
  };
}

const SCALARS = /^(?:String|Int|BigInt|Float|Decimal|DateTime|Bytes)\??$/;
const OTHER_TYPE = /^([A-Z]\w*)(\[\])?\??$/;

/** Models of Prisma schemas with what can be looked up in them. */
export const schemaFacet = facet<never, SchemaFacts>({
  name: 'data/prisma-indexes',
  documents: {
    languages: ['prisma'],
    fold(document, { at }) {
      if (document.language !== 'prisma') return undefined;
      const models = document.blocks
        .filter(({ keyword }) => keyword === 'model')
        .map((block) => ({
          name: block.name,
          columns: block.fields
            .filter(({ type }) => SCALARS.test(type))
            .map(({ name, nameSpan }) => ({ name, at: at(nameSpan) })),
          indexed: indexedIn(block),
          relations: relationsIn(block),
        }));
      const source = document.blocks.map(sourceIn).find((one) => one !== undefined);
      return { models, ...(source !== undefined && { source }) };
    },
  },
});

function sourceIn({ keyword, fields }: PrismaBlock): SchemaFacts['source'] {
  if (keyword !== 'datasource') return undefined;
  const provider = fields.find(({ name }) => name === 'provider')?.type.replace(/"/g, '') ?? '';
  const isEmulated = fields.some(({ name, type }) => name === 'relationMode' && type.includes('prisma'));
  return { provider, isEmulated };
}

/** Columns that some index begins with. */
function indexedIn({ fields, attributes }: PrismaBlock): readonly string[] {
  const own = fields.flatMap(({ name, attributes: ofField }) =>
    ofField.some((one) => one.name === 'id' || one.name === 'unique') ? [name] : [],
  );
  const leading = attributes.flatMap((one) =>
    /^(?:id|unique|index)$/.test(one.name) ? listIn(one, undefined).slice(0, 1) : [],
  );
  return [...new Set([...own, ...leading])].sort();
}

function relationsIn({ fields }: PrismaBlock): readonly RelationField[] {
  return fields.flatMap(({ name, type, attributes }) => {
    const [, model, list] = OTHER_TYPE.exec(type) ?? [];
    if (model === undefined || SCALARS.test(model) || /^(?:Boolean|Json)$/.test(model)) return [];
    const attribute = attributes.find((one) => one.name === 'relation');
    const relation = /^\s*(?:name\s*:\s*)?"([^"]*)"|\bname\s*:\s*"([^"]*)"/.exec(attribute?.argument ?? '');
    return [
      {
        name,
        model,
        isList: list !== undefined,
        relation: relation?.[1] ?? relation?.[2] ?? '',
        key: attribute === undefined ? [] : listIn(attribute, 'fields'),
      },
    ];
  });
}

/** `[a(sort: Desc), b]` of an attribute, under a name or the first there is. */
function listIn({ argument }: PrismaAttribute, name: string | undefined): readonly string[] {
  const start = name === undefined ? 0 : argument.search(new RegExp(`\\b${name}\\s*:`));
  if (start < 0) return [];
  const list = /\[([^\]]*)\]/.exec(argument.slice(start))?.[1] ?? '';
  return list
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
