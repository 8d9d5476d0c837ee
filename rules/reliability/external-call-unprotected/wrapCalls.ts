import type { Anchor, Finding, FixContext, FixEdit, Span } from '#api';
import { importLine } from '../../_shared/importLine.ts';
import { specifierFor } from '../../_shared/moduleSpecifier.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { protectionFacet } from './protectionFacet.ts';

/**
 * Hands the calls of the service that nothing in the file protects to the project's wrapper, which is imported; not where the
 * wrapper wants to know more, or one of them waits for something inside.
 */
export function wrapCalls(ctx: FixContext<unknown>, { data }: Finding): readonly FixEdit[] | undefined {
  const name = String(data['wrapper']);
  const spans = String(data['anchors'])
    .split(' ')
    .map((anchor) => ctx.spanOf(ctx.path, protectionFacet, Number(anchor) as Anchor))
    .filter((span): span is Span => span !== undefined);
  const waits = spans.some(({ start, end }) => /\b(?:await|yield)\b/.test(ctx.text.slice(start, end)));
  if (data['takesOne'] !== 1 || spans.length === 0 || waits) return undefined;
  const edits = spans.flatMap(({ start, end }) => [ctx.insert(start, `${name}(() => `), ctx.insert(end, ')')]);
  if (ctx.header.imports.has(name)) return edits;
  const root = ctx.path.slice(0, ctx.path.length - ctx.header.localPath.length).replace(/\/$/, '');
  const isRequire = !/^\s*import\b/m.test(ctx.text);
  const isScript = /\.[cm]?jsx?$/.test(ctx.path);
  const module = specifierFor(ctx.path, `${root}/${String(data['file'])}`, ctx.file, isScript && !isRequire);
  const importing = ctx.header.topLevel.has(name)
    ? undefined
    : importLine(ctx, { module, name, isDefault: false }, statementEnd(ctx.file));
  return importing && [importing, ...edits];
}
