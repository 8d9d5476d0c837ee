import { z } from 'zod';
import { type Fix, rule, type ts } from '#api';
import { importFacet } from '../../_shared/project/importFacet.ts';
import { escapesOf, hasBoth, sameOrigin, scripts } from './escapes.ts';
import { drop } from './fix.ts';
import { listsFacet } from './listsFacet.ts';
import { sandboxAttributes, wordsOf } from './markup.ts';
import { isPublicPage } from './publicPages.ts';
import { sharedEscapes } from './sharedLists.ts';
import { type Sink, sandboxName, sinkOf } from './sinks.ts';
import { hostOf, isDataUrl } from './sources.ts';

const withoutOrigin: Fix<unknown>['edits'] = (ctx, finding) => drop(sameOrigin, ctx, finding);
const withoutScripts: Fix<unknown>['edits'] = (ctx, finding) => drop(scripts, ctx, finding);
const collect = (node: ts.Node): Sink | undefined => sinkOf(node);

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Frames that may run scripts and keep their origin, and so can take off their own sandbox.',
    promise: 'No frame can take off its own sandbox',
    topics: ['iframe sandbox', 'iframe', 'sandbox', 'allow-same-origin', 'sandbox permissions', 'frame isolation'],
    subject: ['iframe', 'sandbox'],
    references: [
      {
        title: 'HTML Standard: the sandbox attribute',
        url: 'https://html.spec.whatwg.org/multipage/iframe-embed-object.html#attr-iframe-sandbox',
      },
      { title: 'CWE-1021', url: 'https://cwe.mitre.org/data/definitions/1021.html' },
    ],
    messages: {
      both: 'With allow-scripts and allow-same-origin together, a framed page of your own origin can remove its sandbox and act as your application. Grant one of them; embedded content usually needs allow-scripts alone.',
      foreign: {
        text: 'This page of {host} may run scripts and keeps its origin, so its sandbox holds only as long as {host} is not your own. Drop one of the two tokens if the page works without it.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^(?:(?:set|remove)Attribute|(?:removeA|a)ttr|prop|toggle|add|remove|replace)$/,
        listen: collect,
      },
      BinaryExpression: { named: / \+?=$/, listen: collect },
      JsxAttribute: collect,
      PropertyAssignment: { named: sandboxName, listen: collect },
      ShorthandPropertyAssignment: { named: sandboxName, listen: collect },
      PropertyDeclaration: { named: sandboxName, listen: collect },
      Parameter: { named: sandboxName, listen: collect },
      BindingElement: collect,
      StringLiteral: collect,
      NoSubstitutionTemplateLiteral: collect,
      TemplateExpression: collect,
    },
    check(ctx) {
      for (const { span, earlier, host } of escapesOf(ctx.scope.all(), (identifier) => ctx.lookup(identifier))) {
        const related = earlier ? [{ at: earlier, label: 'The same frame gets the other token here.' }] : [];
        if (host === undefined) ctx.report(span, 'both', {}, { related });
        else if (!isPublicPage(host)) ctx.report(span, 'foreign', { host }, { related });
      }
    },
  },
  project: {
    facets: [listsFacet, importFacet],
    check(ctx) {
      for (const { path, at, host, list } of sharedEscapes(ctx)) {
        const place = { path, facet: listsFacet, anchor: at };
        const related = [{ path: list.path, facet: listsFacet, anchor: list.at, label: 'The tokens stand here.' }];
        if (host === undefined) ctx.report(place, 'both', {}, related);
        else if (!isPublicPage(host)) ctx.report(place, 'foreign', { host }, related);
      }
    },
  },
  documents: {
    languages: ['html'],
    check(ctx) {
      if (ctx.document.language !== 'html') return;
      for (const { span, valueSpan, source } of sandboxAttributes(ctx.document)) {
        const words = wordsOf(ctx.document.text.slice(valueSpan.start, valueSpan.end), valueSpan.start);
        if (!hasBoth(words) || (source !== undefined && isDataUrl(source.text))) continue;
        const host = source && hostOf(source.text, true);
        if (host === undefined) ctx.report(span, 'both');
        else if (!isPublicPage(host)) ctx.report(span, 'foreign', { host });
      }
    },
  },
  fixes: {
    both: [
      { title: 'Drop allow-same-origin', safety: 'safe', edits: withoutOrigin },
      { title: 'Drop allow-scripts', safety: 'suggest', edits: withoutScripts },
    ],
    // A page elsewhere may need its cookies to work: what it can do without is not ours to say.
    foreign: [
      { title: 'Drop allow-same-origin', safety: 'suggest', edits: withoutOrigin },
      { title: 'Drop allow-scripts', safety: 'suggest', edits: withoutScripts },
    ],
  },
});
