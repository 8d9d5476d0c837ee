import { z } from 'zod';
import { type FixContext, rule, type TextEdit, ts } from '#api';
import { assignedMarkup, type HtmlSink, METHODS, reactMarkup, writtenMarkup } from './htmlSinks.ts';
import { openValues } from './openMarkup.ts';

/** `element.textContent = value`, where the value is all that is assigned. */
function asText(ctx: FixContext<unknown>): readonly TextEdit[] | undefined {
  const value = ctx.node(ts.isExpression);
  const assignment = value?.parent;
  if (assignment === undefined || !ts.isBinaryExpression(assignment) || assignment.right !== value) return undefined;
  const { left, operatorToken } = assignment;
  if (!ts.isPropertyAccessExpression(left) || left.name.text !== 'innerHTML') return undefined;
  return operatorToken.kind === ts.SyntaxKind.EqualsToken ? [ctx.replace(left.name, 'textContent')] : undefined;
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Values from outside that are read as markup.',
    promise: 'No value from outside is read as markup',
    topics: [
      'innerHTML',
      'dangerouslySetInnerHTML',
      'cross-site scripting',
      'XSS',
      'document.write',
      'insertAdjacentHTML',
    ],
    subject: ['innerHTML', 'outerHTML', 'dangerouslySetInnerHTML', 'insertAdjacentHTML', 'document.write', 'DOMPurify'],
    references: [
      { title: 'CWE-79: Cross-site Scripting', url: 'https://cwe.mitre.org/data/definitions/79.html' },
      {
        title: 'OWASP: DOM based XSS Prevention Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/DOM_based_XSS_Prevention_Cheat_Sheet.html',
      },
      { title: 'MDN: Element.innerHTML', url: 'https://developer.mozilla.org/docs/Web/API/Element/innerHTML' },
    ],
    messages: {
      part: '{value} becomes part of the markup that {sink} reads, and whatever tags are in it with it. Escape it, or set it as textContent of an element.',
      whole:
        '{sink} reads {value} as markup, so a script in it runs in this page. Clean it with DOMPurify or sanitize-html, or set it as textContent where it is text.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      BinaryExpression: {
        named: /^(?:inner|outer)HTML \+?=$/,
        listen: (node): HtmlSink | undefined => assignedMarkup(node),
      },
      CallExpression: {
        named: METHODS,
        listen: (node, { header }): HtmlSink | undefined => writtenMarkup(node, header),
      },
      PropertyAssignment: { named: /^__html$/, listen: (node): HtmlSink | undefined => reactMarkup(node) },
    },
    check(ctx) {
      for (const sink of ctx.scope.all()) {
        // One text is mended as one, so it is reported once.
        const [first] = openValues(sink, ctx);
        if (first === undefined) continue;
        const data = { sink: sink.name, value: first.place.getText() };
        ctx.report(first.place, first.isInMarkup ? 'part' : 'whole', data);
      }
    },
  },
  fixes: {
    whole: [{ title: 'Show it as text with textContent', safety: 'suggest', edits: asText }],
  },
});
