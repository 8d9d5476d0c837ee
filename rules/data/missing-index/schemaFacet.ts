import { type Anchor, facet, type PrismaAttribute, type PrismaBlock } from '#api';

/** A column by which rows may be looked for. */
export interface Column {
  readonly name: string;
  readonly at: Anchor;
}

/** A model of a Prisma schema. */
export interface Model {
  readonly name: string;
  /** Columns whose values tell rows apart: no flags, no lists of a few words, no relations. */
  readonly columns: readonly Column[];
  /** Columns that an index begins with, those that the database makes by itself included. */
  readonly indexed: readonly string[];
}

export interface SchemaFacts {
  readonly models: readonly Model[];
  /** `provider` of the datasource, where this file has it. */
  readonly provider?: string;
  /** Columns of foreign keys by model: MySQL has an index on each. */
  readonly foreign: Readonly<Record<string, readonly string[]>>;
}

const SCALARS = /^(?:String|Int|BigInt|Float|Decimal|DateTime|Bytes)\??$/;

/** Models of Prisma schemas with what can be looked up in them. */
export const schemaFacet = facet<never, SchemaFacts>({
  name: 'data/prisma-indexes',
  documents: {
    languages: ['prisma'],
    fold(document, { at }) {
      if (document.language !== 'prisma') return undefined;
      const models: Model[] = [];
      const foreign: Record<string, readonly string[]> = {};
      let provider: string | undefined;
      for (const block of document.blocks) {
        if (block.keyword === 'datasource') {
          const isEmulated = block.fields.some(({ name, type }) => name === 'relationMode' && type.includes('prisma'));
          const value = block.fields.find(({ name }) => name === 'provider')?.type.replace(/"/g, '');
          if (value !== undefined) provider = isEmulated ? `${value} without keys` : value;
        }
        if (block.keyword !== 'model') continue;
        const columns = block.fields
          .filter(({ type }) => SCALARS.test(type))
          .map(({ name, nameSpan }) => ({ name, at: at(nameSpan) }));
        models.push({ name: block.name, columns, indexed: indexedIn(block) });
        foreign[block.name] = block.fields.flatMap(({ attributes }) =>
          attributes.filter(({ name }) => name === 'relation').flatMap((one) => listIn(one, 'fields')),
        );
      }
      return { models, foreign, ...(provider !== undefined && { provider }) };
    },
  },
});

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
