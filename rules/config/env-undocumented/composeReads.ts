import type { DataDocument, DataNode, DataScalar, Span } from '#api';
import { valueAt } from '../../_shared/dataMembers.ts';
import { servicesOf } from '../../_shared/delivery/compose.ts';
import { settingsIn } from '../../_shared/delivery/composeSettings.ts';
import { isVariableName } from './variableName.ts';

/** A variable that a compose file takes from whoever starts its services, where it is taken first. */
export interface Taken {
  readonly name: string;
  readonly span: Span;
  /** `${NAME:?}`: nothing starts without it. */
  readonly isRequired: boolean;
}

/** `${NAME`, with what follows the name, or `$NAME`; `$$` stands for a dollar of the shell in the container. */
const MENTION = /\$\$|\$\{([A-Za-z_]\w*)(:?[-+?]|\}|)|\$([A-Za-z_]\w*)/g;

/** Variables of compose files that have neither a default nor a value of their own in the file. */
export function takenVariables(document: DataDocument): readonly Taken[] {
  const { text, roots } = document;
  const taken: Taken[] = [];
  const settled = ownValues(document);
  for (const scalar of scalarsIn(roots)) {
    const written = text.slice(scalar.span.start, scalar.span.end);
    if (!written.includes('$')) continue;
    for (const mention of mentionsIn(written)) {
      const { name, span } = mention;
      if (mention.hasDefault) settled.add(name);
      else if (!isOfShell(written, name)) {
        const at = { start: scalar.span.start + span.start, end: scalar.span.start + span.end };
        taken.push({ name, span: at, isRequired: mention.isRequired });
      }
    }
  }
  taken.push(...passedOn(document), ...handedOver(roots[0]));
  const found = new Map<string, Taken>();
  for (const one of taken) {
    const known = found.get(one.name);
    if (!isVariableName(one.name) || (settled.has(one.name) && !one.isRequired)) continue;
    // A place that refuses to go on says more than one that takes an empty text.
    if (known === undefined || (one.isRequired && !known.isRequired)) found.set(one.name, one);
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}

interface Mention {
  readonly name: string;
  readonly span: Span;
  readonly isRequired: boolean;
  readonly hasDefault: boolean;
}

function mentionsIn(written: string): readonly Mention[] {
  const mentions: Mention[] = [];
  let inside = 0;
  for (const match of written.matchAll(MENTION)) {
    const [all, braced, operator = '', bare] = match;
    const name = braced ?? bare;
    // What stands in a default or an error is used where the outer variable is missing.
    if (name === undefined || match.index < inside) continue;
    const close = braced === undefined || operator === '}' ? match.index + all.length : closing(written, match.index);
    inside = close;
    mentions.push({
      name,
      span: { start: match.index, end: close },
      isRequired: operator.endsWith('?'),
      // `${NAME:+text}` asks whether it is there; what is not closed cannot be told.
      hasDefault: /[-+]$/.test(operator) || (braced !== undefined && operator === ''),
    });
  }
  return mentions;
}

/** Behind the brace that closes the one opened at an offset. */
function closing(written: string, start: number): number {
  let depth = 0;
  for (let at = start; at < written.length; at++) {
    if (written[at] === '{') depth++;
    else if (written[at] === '}') depth--;
    if (depth === 0 && written[at] === '}') return at + 1;
  }
  return written.length;
}

/** A script sets the variable itself, and lacks a second dollar. */
function isOfShell(written: string, name: string): boolean {
  return new RegExp(`[\\s;&|("'](?:export\\s+)?${name}=|\\b(?:for|read)\\s+(?:-\\w+\\s+)?${name}\\b`).test(
    written.slice(1),
  );
}

/** Names that services of the file give a value: scripts of theirs mean these, and lack a second dollar. */
function ownValues(document: DataDocument): Set<string> {
  const names = new Set<string>();
  for (const { node } of servicesOf(document)) {
    for (const { name, value } of settingsIn(document.text, valueAt(node, 'environment'))) {
      if (!value.includes('$')) names.add(name);
    }
  }
  return names;
}

/** `- NAME` and `NAME:` hand on what the one who starts the services has; a file beside them may say it, too. */
function passedOn(document: DataDocument): readonly Taken[] {
  return servicesOf(document).flatMap(({ node }) => {
    const holders = [valueAt(node, 'build', 'args')];
    if (valueAt(node, 'env_file') === undefined) holders.push(valueAt(node, 'environment'));
    return holders.flatMap((holder) => {
      if (holder === undefined || holder.definition !== undefined) return [];
      if (holder.kind === 'array') return holder.items.flatMap((item) => passedBy(item));
      if (holder.kind !== 'object') return [];
      return holder.entries.flatMap(({ key, keySpan, value, merged }) =>
        merged !== true && isMissing(value) ? [{ name: key, span: keySpan, isRequired: false }] : [],
      );
    });
  });
}

function passedBy(item: DataNode): readonly Taken[] {
  if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.definition !== undefined) return [];
  return isVariableName(item.value) ? [{ name: item.value, span: item.span, isRequired: false }] : [];
}

/** `secrets` and `configs` whose content is a variable: nothing that uses them starts without it. */
function handedOver(root: DataNode | undefined): readonly Taken[] {
  return [valueAt(root, 'secrets'), valueAt(root, 'configs')].flatMap((holder) => {
    if (holder?.kind !== 'object' || holder.definition !== undefined) return [];
    return holder.entries.flatMap(({ value }) => {
      const name = value?.definition === undefined ? valueAt(value, 'environment') : undefined;
      const isTold = name?.kind === 'scalar' && typeof name.value === 'string' && name.definition === undefined;
      return isTold ? [{ name: String(name.value), span: name.span, isRequired: true }] : [];
    });
  });
}

function isMissing(value: DataNode | undefined): boolean {
  return value === undefined || (value.kind === 'scalar' && value.value === null);
}

/** All values as they are written; those of aliases stand where the anchor is. */
function* scalarsIn(roots: readonly DataNode[]): Iterable<DataScalar> {
  const waiting = [...roots].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.definition !== undefined) continue;
    if (node.kind === 'scalar') yield node;
    else if (node.kind === 'array') waiting.push(...[...node.items].reverse());
    else {
      for (const { value, merged } of [...node.entries].reverse()) {
        if (merged !== true && value !== undefined) waiting.push(value);
      }
    }
  }
}
