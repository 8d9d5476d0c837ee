import type { Span } from '../api/finding.ts';
import { categoryNames } from '../config/schema.ts';
import type { ItemWaiver, RuleLink } from './model.ts';
import { insideAny, type PlainText, sourceSpan } from './plain.ts';

const ID = /^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/;
const WAIVED = /^waived\b([^:]*)(?::([\s\S]*))?$/i;

/** What the comments of an item say about it. */
export interface CommentFacts {
  readonly links: readonly RuleLink[];
  readonly waiver: ItemWaiver | undefined;
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function waiverOf(head: string, reason: string, span: Span): ItemWaiver {
  const until = /\buntil\s+(\S+)/i.exec(head)?.[1];
  const owner = /\bby\s+@?([\w./-]+)/i.exec(head)?.[1];
  const base = { until, owner, reason: reason.trim(), span };
  if (until !== undefined && !(/^\d{4}-\d{2}-\d{2}$/.test(until) && isDay(until))) return { ...base, problem: 'date' };
  return base.reason === '' ? { ...base, problem: 'reason' } : base;
}

/** Reads `<!-- airworthy: … -->` comments in spans of HTML. A comment names rules, or waives the item. */
export function readComments(source: string, html: readonly Span[]): CommentFacts {
  const links: RuleLink[] = [];
  let waiver: ItemWaiver | undefined;
  for (const { start, end } of html) {
    for (const comment of source.slice(start, end).matchAll(/<!--([\s\S]*?)(?:-->|$)/g)) {
      const content = comment[1] ?? '';
      const head = /^\s*airworthy:\s*/.exec(content)?.[0];
      if (head === undefined) continue;
      const open = start + comment.index;
      const text = content.slice(head.length).trimEnd();
      const waived = WAIVED.exec(text);
      if (waived !== null) {
        waiver ??= waiverOf(waived[1] ?? '', waived[2] ?? '', { start: open, end: open + comment[0].length });
        continue;
      }
      const at = open + 4 + head.length;
      for (const word of text.matchAll(/[^\s,]+/g)) {
        if (!ID.test(word[0])) continue;
        const span = { start: at + word.index, end: at + word.index + word[0].length };
        links.push({ rule: word[0], from: 'comment', span });
      }
    }
  }
  return { links, waiver };
}

const NAMED = new RegExp(
  `(?<![\\w./-])(?:${categoryNames.join('|')})/[a-z0-9]+(?:-[a-z0-9]+)*(?![\\w/*-]|\\.\\w)`,
  'g',
);

/** Rule ids in running text. Outside code, an id of one word could be any folder and is left alone. */
export function rulesIn(plain: PlainText, start = 0, end = plain.text.length): RuleLink[] {
  const links: RuleLink[] = [];
  for (const match of plain.text.slice(start, end).matchAll(NAMED)) {
    const at = start + match.index;
    if (!match[0].includes('-') && !insideAny(plain.code, at)) continue;
    links.push({ rule: match[0], from: 'text', span: sourceSpan(plain, at, at + match[0].length) });
  }
  return links;
}
