import type { Anchor } from '#api';

/** A query of a Prisma client by what decides which rows it reads. */
export interface Query {
  /** As the client calls the model: `userProfile`. */
  readonly model: string;
  /** Filters of which one is used, where the code has several; none where nothing is filtered or nobody can tell by what. */
  readonly filters: readonly Filter[];
  /** Column that a page is sorted by of which nothing is filtered. */
  readonly sorted?: string;
  /** Relations whose rows are read along. */
  readonly selections: readonly Selection[];
  readonly at: Anchor;
}

/** Conditions of a query, all of which have to hold. Names are those of fields in the schema. */
export interface Filter {
  /** Fields compared in a way that an index helps with, in order. */
  readonly columns: readonly string[];
  /** Fields that are compared at times: their index is trusted, but none is asked for. */
  readonly maybe: readonly string[];
  /** Conditions on rows that a relation leads to, one of which has to meet them. */
  readonly related: readonly RelatedFilter[];
  /** Lists of filters, one of each list has to hold. */
  readonly either: readonly (readonly Filter[])[];
}

export interface RelatedFilter {
  readonly field: string;
  readonly filter: Filter;
}

/** A field of `include` or `select`; whether it is a relation, only the schema knows. */
export interface Selection {
  readonly field: string;
  /** What is read of it alone; missing where all of it is. */
  readonly filters?: readonly Filter[];
  /** It is filtered by something that cannot be told. */
  readonly isOpen?: true;
  readonly selections?: readonly Selection[];
}
