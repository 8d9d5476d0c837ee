import type { Finding, FixContext, FixEdit } from '#api';

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
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const lineEnd = text.indexOf('\n', last.span.end);
  if (lineEnd < 0 || lineEnd > model.span.end) return undefined;
  // The brace that ends the model has to stand on a line of its own.
  if (!/^\s*(?:\/\/.*)?$/.test(text.slice(last.span.end, lineEnd))) return undefined;
  const at = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
  const gap = lastAttribute === undefined ? newLine : '';
  return [ctx.insert(at, `${newLine}${gap}${indent}@@index([${data['columns']}])`)];
}
