import type { JudgedItem } from '#engine/checklist/view.ts';
import type { DocumentRequest, ServerContext } from '../context.ts';
import { findDocument, itemsById, type KnownDocument } from './lookup.ts';

export function isMarkdown({ document, path }: DocumentRequest): boolean {
  return document.language === 'markdown' || /\.(?:md|markdown)$/i.test(path);
}

/**
 * The checklist that a Markdown document is, judged in the version that was asked about; `undefined` for any other document.
 * Throws when the request is about a text of the past by the time it is judged.
 */
export async function judgedDocument(ctx: ServerContext, request: DocumentRequest): Promise<KnownDocument | undefined> {
  if (!isMarkdown(request)) return undefined;
  await ctx.analysis.settled(request.document, ['syntax', 'checklist']);
  request.check();
  return findDocument(ctx.session, request.path);
}

/** The innermost item at an offset. */
export function itemAt({ judged }: KnownDocument, offset: number): JudgedItem | undefined {
  // Later ones are part of earlier ones, or behind them.
  const item = judged.document.items.findLast(({ span }) => span.start <= offset && offset <= span.end);
  return item && itemsById(judged).get(item.id);
}
