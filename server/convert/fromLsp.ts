import type { Position, Range, TextDocumentItem, VersionedTextDocumentIdentifier } from 'vscode-languageserver';
import type { ContentChange } from '#engine/workspace/workspace.ts';
import type { FindingData, ReasonedSuppression, RulePage, Settings, Suppression } from '#protocol/messages.ts';

/*
 * What clients send is checked before it reaches the engine: half of a malformed change must never be applied. Each
 * reader answers `undefined` for what does not have the shape; whoever asked decides between ignoring and an error.
 */

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** The uri in `params.textDocument`. */
export function asDocumentUri(params: unknown): string | undefined {
  return asString(asObject(asObject(params)?.['textDocument'])?.['uri']);
}

export function asOpenedDocument(params: unknown): TextDocumentItem | undefined {
  const item = asObject(asObject(params)?.['textDocument']);
  const uri = asString(item?.['uri']);
  const text = asString(item?.['text']);
  if (uri === undefined || text === undefined) return undefined;
  return { uri, text, languageId: asString(item?.['languageId']) ?? '', version: asVersion(item?.['version']) ?? 0 };
}

/** Clients may number versions as they like, even downwards. */
function asVersion(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

export interface DocumentChange {
  readonly uri: string;
  /** `undefined` where the client does not say. */
  readonly version: number | undefined;
  readonly changes: readonly ContentChange[];
}

/** All changes of a notification, or `undefined` if any one of them is malformed: the rest would land elsewhere. */
export function asDocumentChange(params: unknown): DocumentChange | undefined {
  const object = asObject(params);
  const document = asObject(object?.['textDocument']) as Partial<VersionedTextDocumentIdentifier> | undefined;
  const uri = asString(document?.uri);
  const list = object?.['contentChanges'];
  if (uri === undefined || !Array.isArray(list)) return undefined;
  const changes: ContentChange[] = [];
  for (const item of list) {
    const change = asContentChange(item);
    if (change === undefined) return undefined;
    changes.push(change);
  }
  return { uri, version: asVersion(document?.version), changes };
}

function asContentChange(value: unknown): ContentChange | undefined {
  const object = asObject(value);
  const text = asString(object?.['text']);
  if (object === undefined || text === undefined) return undefined;
  if (object['range'] === undefined || object['range'] === null) return { text };
  const range = asRange(object['range']);
  return range && { range, text };
}

export function asPosition(value: unknown): Position | undefined {
  const object = asObject(value);
  const line = asCount(object?.['line']);
  const character = asCount(object?.['character']);
  return line === undefined || character === undefined ? undefined : { line, character };
}

export function asRange(value: unknown): Range | undefined {
  const object = asObject(value);
  const start = asPosition(object?.['start']);
  const end = asPosition(object?.['end']);
  return start && end && { start, end };
}

export function asFindingData(value: unknown): FindingData | undefined {
  const object = asObject(value);
  const rule = asString(object?.['rule']);
  const messageId = asString(object?.['messageId']);
  const version = asVersion(object?.['version']);
  const start = asCount(object?.['start']);
  const end = asCount(object?.['end']);
  if (rule === undefined || messageId === undefined || version === undefined) return undefined;
  return start === undefined || end === undefined ? undefined : { rule, messageId, version, start, end };
}

function asSuppression(value: unknown): Suppression | undefined {
  const object = asObject(value);
  const uri = asString(object?.['uri']);
  const finding = asFindingData(object?.['finding']);
  const scope = object?.['scope'];
  if (uri === undefined || finding === undefined || (scope !== 'line' && scope !== 'file')) return undefined;
  return { uri, finding, scope };
}

/** The reason comes back on one line; `undefined` when it is blank. */
export function asReasonedSuppression(value: unknown): ReasonedSuppression | undefined {
  const suppression = asSuppression(value);
  const reason = asString(asObject(value)?.['reason'])?.replace(/\s+/g, ' ').trim();
  return suppression && reason ? { ...suppression, reason } : undefined;
}

export function asRulePage(value: unknown): RulePage | undefined {
  const object = asObject(value);
  const rule = asString(object?.['rule']);
  const url = asString(object?.['url']);
  return rule === undefined || url === undefined ? undefined : { rule, url };
}

/** Settings as far as they have the right types; what has not is left at its default. */
export function asSettings(value: unknown): Settings {
  const object = asObject(value);
  const enable = object?.['enable'];
  const analyze = object?.['analyze'];
  const rules = asObject(object?.['rules']);
  return {
    ...(typeof enable === 'boolean' && { enable }),
    ...((analyze === 'workspace' || analyze === 'openFiles') && { analyze }),
    ...(rules !== undefined && { rules }),
  };
}
