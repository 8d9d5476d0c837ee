import {
  type DataArray,
  type DataNode,
  type DataObject,
  type Finding,
  type FixContext,
  type Span,
  type TextEdit,
  ts,
  unwrap,
} from '#api';
import { cutsFor, type Entries } from './removeEntries.ts';
import { codesOf, isTypeError } from './suppressed.ts';

const SOURCE = /\.[cm]?[jt]sx?$/;

/** An object with a member to take out of it, and the member that this object is the value of. */
interface Place {
  readonly inner: Span;
  readonly spans: readonly Span[];
  readonly index: number;
  readonly name: string;
  readonly parent: Place | undefined;
}

/** Takes the reported member out of its object; a `diagnostics` that is left empty goes with it. */
export function removeMember(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const place = SOURCE.test(ctx.path) ? placeInSource(ctx) : placeInData(ctx, finding);
  return place && edits(ctx, entriesOf(ctx.text, place));
}

/** Takes the codes of type errors out of `ignoreCodes`; the whole member when no other is left. */
export function removeCodes(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const list = SOURCE.test(ctx.path) ? listInSource(ctx) : listInData(ctx, finding);
  if (list === undefined) return removeMember(ctx, finding);
  const removed = new Set(list.spans.flatMap((span, index) => (saysTypeError(ctx.text, span) ? [index] : [])));
  if (removed.size === 0 || removed.size === list.spans.length) return removeMember(ctx, finding);
  return edits(ctx, { ...list, removed });
}

function edits(ctx: FixContext<unknown>, entries: Entries): TextEdit[] {
  return cutsFor(ctx.text, entries).map((cut) => ctx.replace(cut, ''));
}

function entriesOf(text: string, place: Place): Entries {
  const { inner, spans, index, parent } = place;
  const alone = spans.length === 1 && !/\/[/*]/.test(text.slice(inner.start, inner.end));
  if (alone && parent?.name === 'diagnostics') return entriesOf(text, parent);
  return { inner, spans, removed: new Set([index]) };
}

function saysTypeError(text: string, { start, end }: Span): boolean {
  return codesOf(text.slice(start, end).replace(/['"`]/g, '')).some(isTypeError);
}

// ── source code ──────────────────────────────────────────────────────────────────────────────────────────────────────

function isMember(node: ts.Node): node is ts.PropertyAssignment | ts.ShorthandPropertyAssignment {
  return ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
}

function placeInSource(ctx: FixContext<unknown>): Place | undefined {
  const member = ctx.node(isMember);
  return member && placeOf(member);
}

function placeOf(member: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): Place | undefined {
  const object = member.parent;
  let owner: ts.Node = object.parent;
  while (unwrap(owner) === object && owner.parent !== undefined) owner = owner.parent;
  return {
    inner: { start: object.getStart() + 1, end: object.end - 1 },
    spans: object.properties.map((property) => ({ start: property.getStart(), end: property.end })),
    index: object.properties.indexOf(member),
    name: ts.isIdentifier(member.name) || ts.isStringLiteralLike(member.name) ? member.name.text : '',
    parent: ts.isPropertyAssignment(owner) ? placeOf(owner) : undefined,
  };
}

function listInSource(ctx: FixContext<unknown>): Omit<Entries, 'removed'> | undefined {
  const list = ctx.node(ts.isPropertyAssignment)?.initializer;
  const array = list && unwrap(list);
  if (array === undefined || !ts.isArrayLiteralExpression(array)) return undefined;
  return {
    inner: { start: array.getStart() + 1, end: array.end - 1 },
    spans: array.elements.map((element) => ({ start: element.getStart(), end: element.end })),
  };
}

// ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function placeInData(ctx: FixContext<unknown>, finding: Span): Place | undefined {
  const { document } = ctx;
  if (document.language !== 'json') return undefined;
  const search = (node: DataNode | undefined, parent: Place | undefined): Place | undefined => {
    if (node === undefined || node.span.start > finding.start || node.span.end < finding.end) return undefined;
    if (node.kind === 'array') return first(node.items, (item) => search(item, undefined));
    if (node.kind !== 'object') return undefined;
    return first(node.entries.keys(), (index) => {
      const entry = node.entries[index];
      const place = {
        inner: between(node),
        spans: node.entries.map(({ span }) => span),
        index,
        name: entry?.key ?? '',
        parent,
      };
      const found = entry?.span.start === finding.start && entry.span.end === finding.end;
      return found ? place : search(entry?.value, place);
    });
  };
  return first(document.roots, (root) => search(root, undefined));
}

function listInData(ctx: FixContext<unknown>, finding: Span): Omit<Entries, 'removed'> | undefined {
  const { document } = ctx;
  if (document.language !== 'json') return undefined;
  const search = (node: DataNode | undefined): DataArray | undefined => {
    if (node?.kind === 'array') return first(node.items, search);
    if (node?.kind !== 'object') return undefined;
    return first(node.entries, ({ span, value }) =>
      span.start === finding.start && span.end === finding.end && value?.kind === 'array' ? value : search(value),
    );
  };
  const array = first(document.roots, search);
  return array && { inner: between(array), spans: array.items.map(({ span }) => span) };
}

function between({ span }: DataArray | DataObject): Span {
  return { start: span.start + 1, end: span.end - 1 };
}

/** The first answer that is not `undefined`. */
function first<T, R>(items: Iterable<T>, ask: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
