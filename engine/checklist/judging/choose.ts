import type { ChecklistDocument } from '../model.ts';
import { isClosed } from '../model.ts';

/** How a document takes part. */
export interface Standing {
  readonly rank: number;
  readonly counted: boolean;
  readonly collapsed: boolean;
}

/** Boxes in these are forms to be filled in by somebody else, not claims about this project. */
const TEMPLATE =
  /(?:^|\/)(?:\.github\/|\.gitlab\/|templates?\/)|(?:^|\/)(?:pull_request|issue|merge_request)_template/i;
const ARCHIVED = /(?:^|\/)(?:archived?|old|done|completed|history|legacy|deprecated)(?:\/|[-_.])|(?:^|\/)changelog/i;

/** Whether the boxes of a document are claims at all; settings beat the guess. */
export function isChecklist(name: string, document: ChecklistDocument, setting: 'included' | 'excluded' | undefined) {
  if (setting !== undefined) return setting === 'included';
  return document.items.length > 0 && !TEMPLATE.test(name);
}

/**
 * Where a document stands among others. `likeness` is how much its name and text look like a readiness checklist, from 0 to 1;
 * `evidenced` is the share of its items that rules speak about.
 */
export function standingOf(
  name: string,
  document: ChecklistDocument,
  {
    likeness,
    evidenced,
    included,
  }: { readonly likeness: number; readonly evidenced: number; readonly included: boolean },
): Standing {
  const archived = ARCHIVED.test(name);
  const promises = document.items.filter(({ aside }) => aside === undefined);
  const finished = promises.length > 0 && promises.every(({ status }) => isClosed(status));
  const rank = (included ? 4 : 0) + likeness * 2 + evidenced - (archived ? 2 : 0) - (finished ? 0.5 : 0);
  const counted = included || (!archived && (likeness > 0 || evidenced > 0));
  return { rank, counted, collapsed: !counted || finished };
}
