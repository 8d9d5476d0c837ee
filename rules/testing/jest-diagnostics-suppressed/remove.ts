import {
  type DataArray,
  type DataNode,
  type Finding,
  type FixContext,
  type Span,
  type TextEdit,
  ts,
  unwrap,
} from '#api';
import { isSource } from '../../_shared/filePath.ts';
import { between, first } from '../../_shared/memberPlace.ts';
import { cutsFor, type Entries } from '../../_shared/removeEntries.ts';
import { removeMember } from '../../_shared/removeMember.ts';
import { codesOf, isTypeError } from './suppressed.ts';

/** Takes the reported member out of its object; a `diagnostics` that is left empty goes with it. */
export function removeSetting(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  return removeMember(ctx, finding, ['diagnostics', 'ts-jest', 'globals']);
}

/** Takes the codes of type errors out of `ignoreCodes`; the whole member when no other is left. */
export function removeCodes(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const list = isSource(ctx.path) ? listInSource(ctx) : listInData(ctx, finding);
  if (list === undefined) return removeSetting(ctx, finding);
  const removed = new Set(list.spans.flatMap((span, index) => (saysTypeError(ctx.text, span) ? [index] : [])));
  if (removed.size === 0 || removed.size === list.spans.length) return removeSetting(ctx, finding);
  return cutsFor(ctx.text, { ...list, removed }).map((cut) => ctx.replace(cut, ''));
}

function saysTypeError(text: string, { start, end }: Span): boolean {
  return codesOf(text.slice(start, end).replace(/['"`]/g, '')).some(isTypeError);
}

// ── source code ──────────────────────────────────────────────────────────────────────────────────────────────────────

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
