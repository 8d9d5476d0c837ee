import type { Finding, MessageData, Priority, RelatedPlace, Span } from '../api/finding.ts';
import type { RegisteredRule } from '../api/rule.ts';

/** Everything about a finding but its words. */
export interface UnwordedFinding extends Span {
  readonly messageId: string;
  readonly data: MessageData;
  readonly related: readonly RelatedPlace[];
}

/** Gives a finding its message and priority: the user's, else the message's own, else the rule's. */
export function wordFinding(rule: RegisteredRule, raw: UnwordedFinding, priority: Priority | undefined): Finding {
  const spec = rule.meta.messages[raw.messageId];
  const text = typeof spec === 'string' ? spec : (spec?.text ?? raw.messageId);
  const own = typeof spec === 'string' ? undefined : spec?.priority;
  return {
    rule: rule.id,
    messageId: raw.messageId,
    message: fillPlaceholders(text, raw.data),
    priority: priority ?? own ?? rule.meta.priority,
    start: raw.start,
    end: raw.end,
    data: raw.data,
    related: raw.related,
  };
}

/** Replaces `{name}` by the data of that name; unknown names stay as they are. */
export function fillPlaceholders(text: string, data: MessageData): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole));
}

/** Order of findings in a document: by place, then by rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
