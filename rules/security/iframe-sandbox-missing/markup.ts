import { type HtmlDocument, type Span, ts } from '#api';
import { elementsOf } from '../../_shared/browser/elements.ts';

/** An address that begins with a member of something that a template language puts in. */
const PLACEHOLDER = /^\s*(?:\{\{\{?|<%[-=]|\$\{|#\{|\[\[)\s*\w+\.\w/;
const BRACKETS = /^[\s{<%=#$[-]+|[\s}%>\]-]+$/g;
const BOUND = /^(?:\[src\]|\[attr\.src\]|:src|v-bind:src|x-bind:src|(?:data-)?ng-src|\[srcdoc\]|:srcdoc)$/;

/** What a deployment chooses, documents of viewers, and constant texts in a binding. */
const KNOWN = /pdf|blob|static|asset|base_?url|config|settings|\benv\b|root|^\s*['"`/]/i;

/** An attribute that says what a frame shows. */
export interface PageFrame {
  readonly span: Span;
  readonly source: string;
}

/** Iframes of a page whose address is put in when it is shown, and that have no sandbox. */
export function barePages(document: HtmlDocument): readonly PageFrame[] {
  return elementsOf(document, 'iframe').flatMap(({ attributes }) => {
    if (attributes.some(({ name }) => /sandbox/i.test(name))) return [];
    const open = attributes.find(
      ({ name, value }) =>
        !KNOWN.test(value) &&
        ((BOUND.test(name) && /^\s*\w+\??\.\w/.test(value)) || (name === 'src' && PLACEHOLDER.test(value))),
    );
    return open === undefined ? [] : [{ span: open.span, source: open.value.replace(BRACKETS, '') }];
  });
}

/** What a frame's markup begins with. */
const TAG = '<iframe';

/** The beginning of a tag up to an address that an expression gives. */
const OPEN_TAG = /<iframe\b(?:(?!sandbox)[^>])*\ssrc(?:doc)?\s*=\s*\\?["']?$/i;

/** A frame in a string: what its address begins with, and where its tag stands. */
export interface WrittenFrame {
  readonly value: ts.Expression;
  /** The literal that the tag begins in, and how far in: the offset itself moves with what stands before. */
  readonly literal: ts.Node;
  readonly at: number;
}

/** The beginning of the tag with its name, as it stands now. */
export function tagSpan({ literal, at }: WrittenFrame): Span {
  const start = literal.getStart() + at;
  return { start, end: start + TAG.length };
}

/** `` `<iframe src="${url}">` ``, of which the rest of the tag has no sandbox either. */
export function templateFrame(node: ts.TemplateExpression): WrittenFrame | undefined {
  let before = node.head.text;
  let tag: ts.TemplateLiteralLikeNode = node.head;
  for (const [index, { expression, literal }] of node.templateSpans.entries()) {
    if (OPEN_TAG.test(before)) {
      const rest = node.templateSpans.slice(index).map((span) => `${span.literal.text}x`);
      const at = tag.getText().toLowerCase().lastIndexOf(TAG);
      const isOpen = at >= 0 && !/sandbox/i.test(rest.join('').split('>', 1)[0] ?? '');
      return isOpen ? { value: expression, literal: tag, at } : undefined;
    }
    before += `x${literal.text}`;
    if (literal.text.toLowerCase().includes(TAG)) tag = literal;
  }
  return undefined;
}

/** `'<iframe src="' + url + '">'`. */
export function joinedFrame(node: ts.BinaryExpression): WrittenFrame | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const literal = ts.isBinaryExpression(node.left) ? node.left.right : node.left;
  if (!ts.isStringLiteral(literal) || !OPEN_TAG.test(literal.text)) return undefined;
  let whole: ts.Node = node;
  while (ts.isBinaryExpression(whole.parent)) whole = whole.parent;
  if (/sandbox/i.test(whole.getText())) return undefined;
  const at = literal.getText().toLowerCase().lastIndexOf(TAG);
  return { value: node.right, literal, at };
}

/** Whether markup is made for people to copy: the names around it say so. */
export function isShownAsCode(value: ts.Node): boolean {
  return (
    ts.findAncestor(value, (at) => {
      const isNamed = ts.isVariableDeclaration(at) || ts.isPropertyAssignment(at) || ts.isFunctionDeclaration(at);
      return isNamed && /code|snippet|embed|share|tag|copy/i.test(at.name?.getText() ?? '');
    }) !== undefined
  );
}
