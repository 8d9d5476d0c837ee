import { type Hover, type HoverParams, HoverRequest, MarkupKind } from 'vscode-languageserver';
import type { Finding, Span } from '#api';
import { ruleUrl } from '#protocol/links.ts';
import { type DocumentRequest, invalidParams, type ServerContext } from '../context.ts';
import { asPosition } from '../convert/fromLsp.ts';
import { asMarkdown } from '../convert/markdown.ts';
import { mostUrgentFirst } from '../convert/mostUrgentFirst.ts';
import { rulePage } from './rulePages.ts';

/** A part of a hover: Markdown, and what it is about. */
export interface HoverPart {
  readonly markdown: string;
  readonly about: Span;
}

/** What one feature says about a place in a document. */
export type HoverSource = (request: DocumentRequest, offset: number) => Promise<readonly HoverPart[]>;

/** Joins what all sources say about a place, the findings there first. */
export function register(ctx: ServerContext): void {
  const findings = findingsAt(ctx);

  ctx.onInitialize((capabilities) => {
    capabilities.hoverProvider = true;
  });

  ctx.onDocumentRequest<HoverParams, Hover>(HoverRequest.type, async (request, params) => {
    const position = asPosition(params.position);
    if (position === undefined) throw invalidParams('a position');
    const offset = request.lines.offsetAt(position);
    await ctx.analysis.settled(request.document, ['syntax']);
    request.check();
    const parts: HoverPart[] = [];
    for (const source of [findings, ...ctx.hovers]) {
      parts.push(...(await source(request, offset)));
      request.check();
    }
    const [first] = parts;
    if (first === undefined) return null;
    const value = parts.map(({ markdown }) => markdown).join('\n\n---\n\n');
    const range = request.lines.range(first.about);
    return ctx.client.markdownHover
      ? { contents: { kind: MarkupKind.Markdown, value }, range }
      : { contents: { kind: MarkupKind.PlainText, value: plain(value) }, range };
  });
}

/** Explains the findings at a place from the rules' own pages, without a network. */
function findingsAt(ctx: ServerContext): HoverSource {
  return async ({ workspace, path }, offset) => {
    const findings = mostUrgentFirst(
      workspace.findings(path).filter(({ start, end }) => start <= offset && offset <= end),
      (finding) => finding,
    );
    const quiet = ctx.client.options.hoverShowsDiagnostics === true && findings.length === 1;
    return await Promise.all(
      findings.map(async (finding) => ({ markdown: await explain(finding, quiet), about: finding })),
    );
  };
}

/** Why a finding matters and what better code looks like; `quiet` leaves out the message, which is on the screen already. */
async function explain({ rule, priority, message }: Finding, quiet: boolean): Promise<string> {
  const sections = sectionsOf((await rulePage(rule)) ?? '');
  const why = sections.get('Why');
  const example = firstExample(sections.get('Good') ?? '');
  return [
    ...(quiet ? [] : [`**${priority}** ${asMarkdown(message)}`]),
    ...(why === undefined ? [] : [why]),
    ...(example === undefined ? [] : ['Better:', example]),
    `${quiet ? `**${priority}** ` : ''}[${rule}](${ruleUrl(rule)})`,
  ].join('\n\n');
}

/** The first code block of a text; only the language is left of what follows the fence. */
function firstExample(text: string): string | undefined {
  return /^(`{3,})(\w*)[^\n]*(\n[\s\S]*?\n\1)$/m.exec(text)?.slice(1).join('');
}

/** The second-level sections of a page. Headings inside code blocks do not count. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const sections: { title: string; lines: string[] }[] = [];
  let fence: string | undefined;
  for (const line of page.split(/\r?\n/)) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence)))
      fence = fence === undefined ? mark : undefined;
    const title = fence === undefined ? /^## +(.+?)\s*$/.exec(line)?.[1] : undefined;
    if (title !== undefined) sections.push({ title, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return new Map(sections.map(({ title, lines }) => [title, lines.join('\n').trim()]));
}

/** Markdown for clients that show text as it is. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/\\([^\w\s])/g, '$1');
}
