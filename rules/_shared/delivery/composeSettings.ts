import type { DataNode, DataScalar } from '#api';

/** A variable that a compose file sets, in either of the two ways of writing. */
export interface ComposeSetting {
  readonly name: string;
  /** As it is written, quotes left out. */
  readonly value: string;
  /** Where the value is written, quotes left out. */
  readonly start: number;
  /** The value, or `NAME=value` in a list. */
  readonly scalar: DataScalar;
  readonly holder: DataNode;
}

/** The variables of an `environment` or of build arguments; those whose value stands elsewhere are left out. */
export function settingsIn(text: string, holder: DataNode | undefined): readonly ComposeSetting[] {
  if (holder?.kind === 'array') return holder.items.flatMap((item) => settingInList(text, item, holder));
  if (holder?.kind !== 'object') return [];
  return holder.entries.flatMap(({ key, value }) => {
    if (value?.kind !== 'scalar' || value.value === null) return [];
    const written = writtenIn(text, value);
    return written === undefined ? [] : [{ name: key, ...written, scalar: value, holder }];
  });
}

function settingInList(text: string, item: DataNode, holder: DataNode): readonly ComposeSetting[] {
  const written = item.kind === 'scalar' ? writtenIn(text, item) : undefined;
  const match = written && /^([A-Za-z_][\w.]*)=(.*)$/.exec(written.value);
  if (item.kind !== 'scalar' || !match) return [];
  const [, name = '', value = ''] = match;
  return [{ name, value, start: written.start + name.length + 1, scalar: item, holder }];
}

/** The text of a value of one line; `undefined` where escapes or folds make it another one. */
function writtenIn(
  text: string,
  { span, definition }: DataScalar,
): Pick<ComposeSetting, 'value' | 'start'> | undefined {
  if (definition !== undefined) return undefined;
  const raw = text.slice(span.start, span.end);
  if (/[\n\\]/.test(raw) || /^[|>&!]/.test(raw)) return undefined;
  const quote = /^["']/.test(raw) ? 1 : 0;
  return { value: raw.slice(quote, raw.length - quote), start: span.start + quote };
}
