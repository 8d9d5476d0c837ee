import { ts, unwrap } from '#api';
import { type Follow, valuesOf } from './follow.ts';
import { type Members, membersOf } from './objectMembers.ts';
import type { Selection } from './queries.ts';
import { filtersOf } from './readFilter.ts';

/** What `include` and `select` of a query, or of a relation in it, read along. */
export function selectionsOf(options: Members, follow: Follow): readonly Selection[] {
  return ['include', 'select'].flatMap((name) => {
    const expression = options.get(name);
    return expression === undefined ? [] : fieldsOf(expression, follow);
  });
}

function fieldsOf(expression: ts.Expression, follow: Follow): readonly Selection[] {
  return (valuesOf(expression, follow) ?? []).flatMap((value) =>
    [...(membersOf(value, follow) ?? [])].flatMap(([field, member]) =>
      member === undefined ? [] : selected(field, member, follow),
    ),
  );
}

function selected(field: string, expression: ts.Expression, follow: Follow): readonly Selection[] {
  if (unwrap(expression).kind === ts.SyntaxKind.TrueKeyword) return [{ field }];
  return (valuesOf(expression, follow) ?? []).flatMap((value) => {
    const options = membersOf(value, follow);
    if (options === undefined) return [];
    const selections = selectionsOf(options, follow);
    // What is counted is read like the rest.
    if (field === '_count') return selections;
    const filters = options.has('where') ? filtersIn(options, follow) : [];
    return [
      {
        field,
        ...(filters === undefined ? { isOpen: true as const } : filters.length > 0 && { filters }),
        ...(selections.length > 0 && { selections }),
      },
    ];
  });
}

function filtersIn(options: Members, follow: Follow): ReturnType<typeof filtersOf> {
  const where = options.get('where');
  return where && filtersOf(where, follow);
}
