import type { Finding, FixContext, FixEdit } from '#api';
import { lineEnd } from '../../_shared/layout.ts';

/** Writes the index behind the last line of the model, after a blank line where it is the first of its kind. */
export function addIndex(ctx: FixContext<unknown>, { start, data }: Finding): readonly FixEdit[] | undefined {
  const { document, text } = ctx;
  if (document.language !== 'prisma' || !('blocks' in document)) return undefined;
  const model = document.blocks.find(({ span }) => span.start <= start && start < span.end);
  const lastAttribute = model?.attributes.at(-1);
  const last = lastAttribute ?? model?.fields.at(-1);
  if (model === undefined || last === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', last.span.start) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, last.span.start))?.[0] ?? '';
  const newLine = lineEnd(text);
  const end = text.indexOf('\n', last.span.end);
  if (end < 0 || end > model.span.end) return undefined;
  // The brace that ends the model has to stand on a line of its own.
  if (!/^\s*(?:\/\/.*)?$/.test(text.slice(last.span.end, end))) return undefined;
  const at = text[end - 1] === '\r' ? end - 1 : end;
  const gap = lastAttribute === undefined ? newLine : '';
  return [ctx.insert(at, `${newLine}${gap}${indent}@@index([${data['columns']}])`)];
}
