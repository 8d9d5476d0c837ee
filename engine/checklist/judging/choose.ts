import { likeness } from '../likeness.ts';
import { type ChecklistDocument, isClosed } from '../model.ts';
import { writtenOn } from '../written.ts';

/** What can be said of a document before its items are judged. */
export interface Choice {
  /** How much it looks like a readiness checklist: 0 to 1. */
  readonly likeness: number;
  /** Settings or its own comments say that it is one. */
  readonly named: boolean;
  readonly archived: boolean;
  /** Nothing is left open. */
  readonly finished: boolean;
  /** The latest day that its name or head gives. */
  readonly written: string | undefined;
}

/** How a document takes part. */
export interface Standing {
  readonly rank: number;
  readonly counted: boolean;
  readonly collapsed: boolean;
}

/** Boxes in these are forms for somebody else, or instructions for tools, not claims about this project. */
const TEMPLATE = /(?:^|\/)\.[^/]+\/|(?:^|[/_-])templates?(?:[/._-]|$)/i;
const ARCHIVED = /(?:^|\/)(?:archived?|old|legacy|history|obsolete|deprecated|completed|done)\//i;

/**
 * Decides whether a document is a list of things at all; `undefined` for one that is not. Settings beat the guess. `name` is
 * its path in the workspace: in which folders that lies says nothing.
 */
export function choose(
  name: string,
  document: ChecklistDocument,
  text: string,
  setting: 'included' | 'excluded' | undefined,
): Choice | undefined {
  const included = setting === 'included';
  if (setting === 'excluded' || !(included || (document.items.length > 0 && !TEMPLATE.test(name)))) return undefined;
  const promises = document.items.filter(({ aside }) => aside === undefined);
  const isAnnotated = ({ links, waiver }: ChecklistDocument['items'][number]) =>
    waiver !== undefined || links.some(({ from }) => from === 'comment');
  return {
    likeness: likeness(name, document),
    named: included || promises.some(isAnnotated),
    archived: !included && ARCHIVED.test(name),
    finished: promises.length > 0 && promises.every(({ status }) => isClosed(status)),
    written: writtenOn(name, text),
  };
}

/**
 * Where a document stands among others. `decided` is the share of its items that a rule decides about, from 0 to 1; `broken`
 * is how many promises of it the code contradicts, which nobody may overlook.
 */
export function standingOf(
  { likeness: looks, named, archived, finished }: Choice,
  { decided, broken }: { readonly decided: number; readonly broken: number },
): Standing {
  const counted = (named || looks > 0) && !archived;
  const rank = (named ? 1 : 0) + looks + decided / 2 - (archived ? 2 : 0) - (finished ? 0.5 : 0);
  return { rank, counted, collapsed: !counted || (finished && broken === 0) };
}

/** Ranks closer than this say the same; of such documents the one written last goes first. */
const STEP = 0.25;

/** What the order of documents follows from. */
interface Ordered {
  readonly path: string;
  readonly rank: number;
  readonly written: string | undefined;
}

/** The order in which documents are shown: by rank in steps, the latest first, by rank as it is, by path. */
export function byStanding(a: Ordered, b: Ordered): number {
  const steps = Math.round(b.rank / STEP) - Math.round(a.rank / STEP);
  if (steps !== 0) return steps;
  if (a.written !== b.written) return (a.written ?? '') < (b.written ?? '') ? 1 : -1;
  return b.rank - a.rank || (a.path < b.path ? -1 : 1);
}
