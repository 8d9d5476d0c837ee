import type { ChecklistContext, ChecklistItem, ClaimGroup, JudgedItem, MessageData, RelatedPlace } from '#api';
import { quotedTitle } from '../../_shared/toggleMark.ts';

/** An item of this document whose claim another document denies. */
export interface Disagreement {
  readonly item: ChecklistItem;
  readonly message: 'disagree' | 'disagreeProven';
  readonly data: MessageData;
  readonly related: readonly RelatedPlace[];
}

/** A mark in any document, to be set when nothing else stands there by then. */
export interface MarkPlace {
  readonly path: string;
  readonly start: number;
  readonly mark: string;
  readonly toggled: string;
}

/**
 * Places where a claim differs from what another document says of it. Equal titles alone may mean different things in two
 * projects of one workspace: the items must share a rule or a file as well, or the code must say which of them is right.
 */
export function disagreements(ctx: ChecklistContext<string, unknown>): readonly Disagreement[] {
  return ctx.groups.flatMap((group) => {
    if (!group.disagree) return [];
    const own = group.items.filter(({ path }) => path === ctx.judged.path);
    return own.flatMap((judged) => {
      const others = group.items.filter((other) => other.path !== judged.path && differs(judged, other));
      const meant = others.filter((other) => group.done !== undefined || isSameThing(judged, other));
      const [other] = meant;
      return other === undefined ? [] : [describe(judged, other, meant, group)];
    });
  });
}

function differs(a: JudgedItem, b: JudgedItem): boolean {
  return (a.item.status === 'done') !== (b.item.status === 'done');
}

function isSameThing(a: JudgedItem, b: JudgedItem): boolean {
  const things = ({ evidence }: JudgedItem) =>
    evidence.flatMap(({ kind, rule, files }) => (kind === 'related' ? [] : [rule, ...files]));
  const known = new Set(things(a));
  return things(b).some((thing) => known.has(thing));
}

function describe(
  judged: JudgedItem,
  other: JudgedItem,
  others: readonly JudgedItem[],
  group: ClaimGroup,
): Disagreement {
  const { item } = judged;
  const word = (done: boolean) => (done ? 'done' : 'open');
  const path = other.key.slice(0, other.key.indexOf('#'));
  const data = {
    title: quotedTitle(item),
    here: word(item.status === 'done'),
    there: word(other.item.status === 'done'),
    where: `${path}:${other.item.line}`,
  };
  const related = others.map((each) => ({
    path: each.path,
    span: each.item.titleSpan,
    label: `Here it is ${word(each.item.status === 'done')}.`,
  }));
  if (group.done === undefined) return { item, message: 'disagree', data, related };
  const marks = JSON.stringify(marksToSet(group, group.done));
  return { item, message: 'disagreeProven', data: { ...data, right: word(group.done), marks }, related };
}

function marksToSet(group: ClaimGroup, done: boolean): readonly MarkPlace[] {
  return group.items.flatMap(({ path, item }) => {
    if ((item.status === 'done') === done || item.mark?.toggled === undefined) return [];
    return [{ path, start: item.mark.span.start, mark: item.mark.text, toggled: item.mark.toggled }];
  });
}
