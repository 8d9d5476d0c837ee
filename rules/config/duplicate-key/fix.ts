import { type DataEntry, type Finding, type FixContext, type Span, type TextEdit, ts, unwrap } from '#api';
import { indentAt, lineEnd } from '../../_shared/layout.ts';
import { entryCut } from '../../_shared/lineCuts.ts';
import { between } from '../../_shared/memberPlace.ts';
import { cutsFor } from '../../_shared/removeEntries.ts';
import { lostEntries } from './dataDuplicates.ts';
import { lostMembers } from './sourceDuplicates.ts';

/** A member with what its value is made of, the same for source code and data. */
interface Part extends Span {
  readonly key: string | undefined;
  /** Set when the value is an object written out. */
  readonly members?: readonly Part[];
  readonly value?: Span;
}

/** The two members of one key and the object they stand in. */
interface Pair {
  readonly inner: Span;
  readonly spans: readonly Span[];
  readonly lost: Part;
  readonly kept: Part;
}

type Context = FixContext<unknown>;

/** Takes the member out that is lost. */
export function keepLast(ctx: Context, finding: Finding): TextEdit[] | undefined {
  const pair = pairAt(ctx, finding);
  return pair && cut(ctx, pair, pair.lost);
}

/** Takes the later member out, so that the one that was lost holds. */
export function keepFirst(ctx: Context, finding: Finding): TextEdit[] | undefined {
  const pair = pairAt(ctx, finding);
  return pair && cut(ctx, pair, pair.kept);
}

/** Moves what only the lost object has into the one that holds. */
export function merge(ctx: Context, finding: Finding): TextEdit[] | undefined {
  const pair = pairAt(ctx, finding);
  const { value, members: here } = pair?.kept ?? {};
  const lost = pair?.lost.members;
  if (pair === undefined || value === undefined || here === undefined || lost === undefined) return undefined;
  // Whose key is computed may be there already.
  if ([...here, ...lost].some(({ key }) => key === undefined)) return undefined;
  const keys = new Set(here.map(({ key }) => key));
  const missing = lost.filter(({ key }) => !keys.has(key));
  const removed = cut(ctx, pair, pair.lost);
  // With nothing to move it is the same as keeping the last.
  if (removed === undefined || missing.length === 0) return undefined;
  const added = isBlock(ctx) ? intoBlock(ctx, here, missing) : intoBraces(ctx, value, here, missing);
  return added && [...removed, added];
}

function isBlock(ctx: Context): boolean {
  return /\.ya?ml$/.test(ctx.path);
}

function cut(ctx: Context, { inner, spans }: Pair, part: Part): TextEdit[] | undefined {
  if (isBlock(ctx)) {
    const line = entryCut(ctx.text, part);
    return line && [ctx.replace(line, '')];
  }
  const index = spans.findIndex(({ start }) => start === part.start);
  return cutsFor(ctx.text, { inner, spans, removed: new Set([index]) }).map((span) => ctx.replace(span, ''));
}

function intoBraces(ctx: Context, object: Span, here: readonly Part[], missing: readonly Part[]): TextEdit {
  const texts = missing.map(({ start, end }) => ctx.text.slice(start, end));
  const last = here.at(-1);
  if (last === undefined) return ctx.replace(object, `{ ${texts.join(', ')} }`);
  const isOneLine = !ctx.text.slice(object.start, last.start).includes('\n');
  const gap = isOneLine ? ' ' : `${lineEnd(ctx.text)}${indentAt(ctx.text, last.start)}`;
  return ctx.insert(last.end, texts.map((text) => `,${gap}${text}`).join(''));
}

/** Whole lines go from one block to the other, which has to be indented alike. */
function intoBlock(ctx: Context, here: readonly Part[], missing: readonly Part[]): TextEdit | undefined {
  const [first] = here;
  if (first === undefined) return undefined;
  const lines: string[] = [];
  for (const part of missing) {
    const line = entryCut(ctx.text, part);
    if (line === undefined || indentAt(ctx.text, part.start) !== indentAt(ctx.text, first.start)) return undefined;
    const text = ctx.text.slice(line.start, line.end);
    if (!text.endsWith('\n')) return undefined;
    lines.push(text);
  }
  const start = ctx.text.lastIndexOf('\n', first.start - 1) + 1;
  return ctx.text.slice(start, first.start).trim() === '' ? ctx.insert(start, lines.join('')) : undefined;
}

function pairAt(ctx: Context, finding: Finding): Pair | undefined {
  return /\.[cm]?[jt]s$/.test(ctx.path) ? pairInSource(ctx) : pairInData(ctx, finding);
}

function pairInData({ document }: Context, finding: Finding): Pair | undefined {
  if (document.language !== 'json' && document.language !== 'yaml') return undefined;
  const found = lostEntries(document).find(({ lost }) => lost.keySpan.start === finding.start);
  if (found === undefined) return undefined;
  const { object, lost, kept } = found;
  return {
    inner: between(object),
    spans: object.entries.map(({ span }) => span),
    lost: partOfEntry(lost, 1),
    kept: partOfEntry(kept, 1),
  };
}

function partOfEntry({ key, span, value }: DataEntry, depth: number): Part {
  const own = value?.kind === 'object' && value.definition === undefined && depth > 0 ? value : undefined;
  // A merge key brings what is written elsewhere.
  if (own === undefined || own.entries.some(({ merged }) => merged === true)) return { ...span, key };
  return { ...span, key, value: own.span, members: own.entries.map((entry) => partOfEntry(entry, depth - 1)) };
}

function pairInSource(ctx: Context): Pair | undefined {
  const object = ctx.node(ts.isPropertyName)?.parent.parent;
  if (object === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
  const found = lostMembers(object).find(
    ({ lost }) => lost.name.getStart() === ctx.node(ts.isPropertyName)?.getStart(),
  );
  if (found === undefined) return undefined;
  return {
    inner: { start: object.getStart() + 1, end: object.end - 1 },
    spans: object.properties.map(spanOf),
    lost: partOfMember(found.lost, 1),
    kept: partOfMember(found.kept, 1),
  };
}

function partOfMember(member: ts.ObjectLiteralElementLike, depth: number): Part {
  const { name } = member;
  const key = name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined;
  const value = ts.isPropertyAssignment(member) && depth > 0 ? unwrap(member.initializer) : undefined;
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return { ...spanOf(member), key };
  const members = value.properties.map((inner) => partOfMember(inner, depth - 1));
  return { ...spanOf(member), key, value: spanOf(value), members };
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.end };
}
