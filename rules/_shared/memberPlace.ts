import { type DataArray, type DataNode, type DataObject, type FixContext, type Span, ts, unwrap } from '#api';
import { isSource } from './filePath.ts';

/** An object with a member to take out of it, and the member that this object is the value of. */
export interface MemberPlace {
  readonly inner: Span;
  readonly spans: readonly Span[];
  readonly index: number;
  readonly name: string;
  readonly parent: MemberPlace | undefined;
}

/** The member of an object, in source code or JSON, that a finding spans exactly. */
export function placeOfMember(ctx: FixContext<unknown>, finding: Span): MemberPlace | undefined {
  return isSource(ctx.path) ? placeInSource(ctx) : placeInData(ctx, finding);
}

function isMember(node: ts.Node): node is ts.PropertyAssignment | ts.ShorthandPropertyAssignment {
  return ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
}

function placeInSource(ctx: FixContext<unknown>): MemberPlace | undefined {
  const member = ctx.node(isMember);
  return member && placeOf(member);
}

function placeOf(member: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): MemberPlace | undefined {
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

function placeInData(ctx: FixContext<unknown>, finding: Span): MemberPlace | undefined {
  const { document } = ctx;
  if (document.language !== 'json') return undefined;
  const search = (node: DataNode | undefined, parent: MemberPlace | undefined): MemberPlace | undefined => {
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

/** What stands between the brackets. */
export function between({ span }: DataArray | DataObject): Span {
  return { start: span.start + 1, end: span.end - 1 };
}

/** The first answer that is not `undefined`. */
export function first<T, R>(items: Iterable<T>, ask: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
