import type { Anchor, FacetContext, FacetDefinition } from '../api/facet.ts';
import type { Span } from '../api/finding.ts';
import { type FoldedScope, viewScope } from '../flow/factScope.ts';
import { fileNames, scopedResolve } from '../flow/lookup.ts';
import type { FormatDocument } from '../formats/types.ts';
import type { KeyedHeader } from '../incremental/header.ts';
import type { FacetSlot } from '../incremental/ruleSet.ts';
import { type FacetValue, facetValue } from '../project/projectIndex.ts';
import type { ts } from '../ts.ts';

type OnFailure = (facet: string, error: unknown) => void;

/** Folds the facts of a source file into the values of its facets. A facet that throws is told about and left out. */
export function sourceFacets(
  path: string,
  file: ts.SourceFile,
  header: KeyedHeader,
  root: FoldedScope,
  facets: readonly FacetSlot[],
  onFailure: OnFailure,
): ReadonlyMap<string, FacetValue> {
  const values = new Map<string, FacetValue>();
  if (facets.length === 0) return values;
  const exact = { ...header, resolve: scopedResolve(file, header) };
  const names = fileNames(file);
  for (const { facet, slot } of facets) {
    if (facet.collect !== undefined && !root.slots.has(slot)) continue;
    const spans: Span[] = [];
    const at: FacetContext['at'] = (place) =>
      remember(spans, 'kind' in place ? { start: place.getStart(file), end: place.end } : place);
    keep(values, facet.name, spans, onFailure, () =>
      facet.fold?.(viewScope(root, slot), { path, header: exact, file, ...names, at }),
    );
  }
  return values;
}

/** The same for a text document. */
export function documentFacets(
  place: { readonly path: string; readonly localPath: string },
  document: FormatDocument,
  facets: readonly FacetDefinition<unknown, unknown>[],
  onFailure: OnFailure,
): ReadonlyMap<string, FacetValue> {
  const values = new Map<string, FacetValue>();
  for (const facet of facets) {
    if (facet.documents === undefined || !facet.documents.languages.includes(document.language)) continue;
    const spans: Span[] = [];
    const at: FacetContext['at'] = (place) =>
      remember(spans, 'kind' in place ? { start: place.getStart(), end: place.end } : place);
    keep(values, facet.name, spans, onFailure, () => facet.documents?.fold(document, { ...place, at }));
  }
  return values;
}

function remember(spans: Span[], { start, end }: Span): Anchor {
  spans.push({ start, end });
  return (spans.length - 1) as Anchor;
}

function keep(
  values: Map<string, FacetValue>,
  name: string,
  spans: readonly Span[],
  onFailure: OnFailure,
  fold: () => unknown,
): void {
  try {
    const value = fold();
    if (value !== undefined) values.set(name, facetValue(value, spans));
  } catch (error) {
    onFailure(name, error);
  }
}
