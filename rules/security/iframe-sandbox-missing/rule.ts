import { z } from 'zod';
import { rule } from '#api';
import { addSandbox } from './fix.ts';
import { assignedFrame, calledFrame, type FrameSource, isBareFrame, jsxFrame } from './frames.ts';
import { barePages, isShownAsCode, joinedFrame, tagSpan, templateFrame, type WrittenFrame } from './markup.ts';
import { isData, outsideStart } from './source.ts';

type Fact = { readonly frame: FrameSource } | { readonly written: WrittenFrame };

const asSource = (frame: FrameSource | undefined): Fact | undefined => frame && { frame };
const asMarkup = (written: WrittenFrame | undefined): Fact | undefined => written && { written };

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Frames without a sandbox that show whatever page they are told to.',
    promise: 'Frames that show pages of others have a sandbox',
    topics: ['iframe sandbox', 'iframe', 'sandbox', 'embedded content', 'frame isolation'],
    subject: ['iframe', 'sandbox'],
    references: [
      {
        title: 'HTML Standard: the sandbox attribute',
        url: 'https://html.spec.whatwg.org/multipage/iframe-embed-object.html#attr-iframe-sandbox',
      },
      {
        title: 'CWE-829: Inclusion of Functionality from Untrusted Control Sphere',
        url: 'https://cwe.mitre.org/data/definitions/829.html',
      },
    ],
    messages: {
      missing:
        'This frame shows whatever {source} leads to, without a sandbox: the page in it may open windows, send forms, lead this page elsewhere, and act as your application where it is of your own origin. Give it a sandbox with what it needs.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      JsxSelfClosingElement: (node): Fact | undefined => asSource(jsxFrame(node)),
      JsxOpeningElement: (node): Fact | undefined => asSource(jsxFrame(node)),
      BinaryExpression: {
        named: /^\+$|^src(?:[dD]oc)? =$/,
        listen: (node): Fact | undefined => asSource(assignedFrame(node)) ?? asMarkup(joinedFrame(node)),
      },
      CallExpression: {
        named: /^(?:setAttribute|createElement|h|jsx|assign)$/,
        listen: (node): Fact | undefined => asSource(calledFrame(node)),
      },
      TemplateExpression: (node): Fact | undefined => asMarkup(templateFrame(node)),
    },
    each(fact, ctx) {
      const value = 'frame' in fact ? fact.frame.value : fact.written.value;
      const start = outsideStart(value, ctx);
      if (start === undefined) return;
      const isPage = 'frame' in fact && fact.frame.isPage;
      if (!isPage && !isData(start, ctx)) return;
      const source = start.getText();
      if ('written' in fact) {
        if (isShownAsCode(fact.written.value)) return;
        ctx.report(tagSpan(fact.written), 'missing', { source });
      } else if (fact.frame.frame === undefined || isBareFrame(fact.frame.frame, ctx)) {
        ctx.report(fact.frame.place, 'missing', { source });
      }
    },
  },
  documents: {
    languages: ['html'],
    check(ctx) {
      if (ctx.document.language !== 'html') return;
      for (const { span, source } of barePages(ctx.document)) ctx.report(span, 'missing', { source });
    },
  },
  fixes: { missing: [{ title: 'Add a sandbox that allows scripts alone', safety: 'suggest', edits: addSandbox }] },
});
