import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  CompletionRequest,
  type DocumentLink,
  type DocumentLinkParams,
  DocumentLinkRequest,
} from 'vscode-languageserver';
import { referenceResolver } from '#engine/checklist/judging/resolveReference.ts';
import type { FileReference } from '#engine/checklist/model.ts';
import { hoverText } from '../checklist/hoverText.ts';
import { isMarkdown, itemAt, judgedDocument } from '../checklist/markdown.ts';
import { invalidParams, type ServerContext } from '../context.ts';
import { asPosition } from '../convert/fromLsp.ts';

/** A comment of ours up to the caret, of which nothing but the beginning of a word is written. */
const COMMENT = /<!--\s*airworthy:\s*([\w/-]*)$/;

/** What a Markdown editor knows about checklists: verdicts on hover, files to follow, rules to complete. */
export function register(ctx: ServerContext): void {
  ctx.onInitialize((capabilities) => {
    capabilities.documentLinkProvider = {};
    capabilities.completionProvider = { triggerCharacters: [':', '/', ' '] };
  });

  ctx.hovers.push(async (request, offset) => {
    const known = await judgedDocument(ctx, request);
    const item = known && itemAt(known, offset);
    return known === undefined || item === undefined
      ? []
      : [{ markdown: hoverText(item, known.folder.root, ctx.texts), about: item.item.titleSpan }];
  });

  ctx.onDocumentRequest<DocumentLinkParams, DocumentLink[]>(DocumentLinkRequest.type, async (request) => {
    const known = await judgedDocument(ctx, request);
    if (known === undefined) return [];
    const { document, path } = known.judged;
    const { workspace } = request;
    const resolver = referenceResolver(workspace.root, workspace.paths());
    const references = [
      ...document.items.flatMap((item) => item.references),
      ...document.locations.map(({ reference }) => reference),
    ];
    return references.flatMap((reference): DocumentLink[] => {
      const [file] = resolver.resolve(reference.path, path);
      if (file === undefined) return [];
      const target = `${ctx.texts.uri(file)}${fragment(reference)}`;
      return [{ range: request.lines.range(reference.span), target, tooltip: file.slice(workspace.root.length + 1) }];
    });
  });

  ctx.onDocumentRequest<CompletionParams, CompletionItem[]>(CompletionRequest.type, async (request, params) => {
    const position = asPosition(params.position);
    if (position === undefined) throw invalidParams('a position');
    if (!isMarkdown(request)) return [];
    const { lines } = request;
    const end = lines.offsetAt(position);
    const line = lines.offsetAt({ line: position.line, character: 0 });
    const written = COMMENT.exec(request.workspace.text(request.path)?.slice(line, end) ?? '')?.[1];
    if (written === undefined) return [];
    const range = lines.range({ start: end - written.length, end });
    const complete = (label: string, newText: string, kind: CompletionItemKind, detail: string): CompletionItem => ({
      label,
      kind,
      detail,
      // The editor would take `category/` for another word.
      filterText: newText,
      textEdit: { range, newText },
    });
    return [
      ...ctx.environment.rules
        .filter(({ category }) => category !== 'checklist')
        .map(({ id, meta }) => complete(id, id, CompletionItemKind.Reference, meta.summary)),
      complete(
        'waived',
        'waived until YYYY-MM-DD by @owner: reason',
        CompletionItemKind.Keyword,
        'Live with it, for a reason',
      ),
    ];
  });
}

/** The place within the file, as editors read it. */
function fragment({ lines }: FileReference): string {
  const [first] = lines;
  if (first === undefined) return '';
  return first.to > first.from ? `#L${first.from}-L${first.to}` : `#L${first.from}`;
}
