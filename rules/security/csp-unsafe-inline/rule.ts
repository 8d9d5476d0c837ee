import { z } from 'zod';
import { type FactContext, type FixContext, rule, type Span, type TextEdit, ts } from '#api';
import { elementsOf } from '../../_shared/browser/elements.ts';
import { calledName, propertyKey } from '../../_shared/calls.ts';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { cutsFor } from '../../_shared/removeEntries.ts';
import { has, set } from '../../_shared/words.ts';
import { isScriptDirective, KEY, looseInDirective } from './directives.ts';
import { type Looseness, looseInPolicy, policiesIn } from './policy.ts';
import { sumAround, writtenAround } from './written.ts';

type Policy = ts.StringLiteralLike | ts.TemplateExpression;
type Fact = Policy | ts.PropertyAssignment;

/** A text with a loose source behind a directive for scripts, as far as one look at it tells. */
const LOOSE = /(?:script|default)-src[^;]*?(?:unsafe-(?:inline|eval)|\s\*)/i;

/** Calls that look for a text, or put another in its place. */
const SEARCHES =
  /^(?:includes|indexOf|startsWith|endsWith|match|test|replace|replaceAll|split|toContain|toMatch|toBe)$/;

/** Words of names of policies that stop nothing, or nobody but developers gets. */
const HARMLESS = set('only dev development');

/** Pages and settings that are used by developers alone. */
const DEVELOPMENT = /(?:^|[./_-])dev(?:elopment)?[./_-]|[./]stories\./i;

function collect(node: Policy): Fact | undefined {
  const text = ts.isTemplateExpression(node) ? node.getText() : node.text;
  return text.includes('-src') && LOOSE.test(text) ? node : undefined;
}

/** Whether a text is looked for, only reported on, or not used in production. */
function isHarmless(literal: ts.Node): boolean {
  const { parent } = sumAround(literal);
  if (ts.isCallExpression(parent)) {
    if (SEARCHES.test(calledName(parent) ?? '')) return true;
    return parent.arguments.some((other) => ts.isStringLiteralLike(other) && /report-only/i.test(other.text));
  }
  const holder = ts.findAncestor(literal, (at) => ts.isPropertyAssignment(at) || ts.isVariableDeclaration(at));
  if (holder === undefined) return false;
  const name = ts.isPropertyAssignment(holder) ? propertyKey(holder.name) : holder.name.getText();
  return has(nameWords(name ?? ''), HARMLESS) || saysReportOnly(holder);
}

/** `{ key: 'Content-Security-Policy-Report-Only', value: '…' }`. */
function saysReportOnly({ parent }: ts.Node): boolean {
  return (
    ts.isObjectLiteralExpression(parent) &&
    parent.properties.some(
      (other) =>
        ts.isPropertyAssignment(other) &&
        ts.isStringLiteralLike(other.initializer) &&
        /report-only/i.test(other.initializer.text),
    )
  );
}

function judgePolicy(literal: Policy, ctx: FactContext<Looseness, unknown>): void {
  if (isHarmless(literal) || isDevelopmentOnly(literal)) return;
  const written = writtenAround(literal);
  for (const policy of policiesIn(written.text)) {
    for (const { looseness, directive, start, end } of looseInPolicy(policy.text)) {
      const place = written.placeOf({ start: policy.at + start, end: policy.at + end });
      // Other literals of the same text report what they hold themselves.
      if (place && place.start >= literal.getStart() && place.end <= literal.end) {
        ctx.report(place, looseness, { directive });
      }
    }
  }
}

/** Takes the source out: an element of a list with its comma, a word of a policy with the blank before it. */
function removeSource(ctx: FixContext<unknown>, { start, end }: Span): readonly TextEdit[] | undefined {
  const element = ctx.path.endsWith('.html') ? undefined : ctx.node(ts.isStringLiteralLike);
  if (element !== undefined) {
    const list = element.parent;
    if (!ts.isArrayLiteralExpression(list)) return undefined;
    if (list.elements.length === 1) return [ctx.replace(element, `"'self'"`)];
    const spans = list.elements.map((one) => ({ start: one.getStart(), end: one.end }));
    const inner = { start: list.getStart() + 1, end: list.end - 1 };
    const removed = new Set([list.elements.indexOf(element)]);
    return cutsFor(ctx.text, { inner, spans, removed }).map((cut) => ctx.replace(cut, ''));
  }
  const blank = /[ \t]+$/.exec(ctx.text.slice(0, start))?.[0].length ?? 0;
  return [ctx.replace({ start: start - blank, end }, '')];
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Content-Security-Policy that lets scripts in which came with the markup.',
    promise: 'The Content-Security-Policy lets no inline scripts and no eval in',
    topics: [
      'unsafe-inline',
      'unsafe-eval',
      'content security policy',
      'Content-Security-Policy',
      'script-src',
      'CSP nonce',
    ],
    subject: [
      'Content-Security-Policy',
      'contentSecurityPolicy',
      'script-src',
      'scriptSrc',
      'default-src',
      'defaultSrc',
    ],
    references: [
      {
        title: 'MDN: Content-Security-Policy, script-src',
        url: 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/script-src',
      },
      {
        title: 'OWASP: Content Security Policy Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Content_Security_Policy_Cheat_Sheet.html',
      },
      { title: 'CWE-693', url: 'https://cwe.mitre.org/data/definitions/693.html' },
    ],
    messages: {
      inline:
        "With 'unsafe-inline' in {directive}, a script that gets into the markup runs, which is what the policy is there to stop. Give the page's own inline scripts a nonce or a hash instead.",
      eval: "With 'unsafe-eval' in {directive}, texts may become code by eval and new Function. Drop it, or replace what needs it; WebAssembly needs 'wasm-unsafe-eval' only.",
      anywhere:
        'With * in {directive}, scripts may come from any host, an attacker’s included. Name the hosts that the page needs.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      StringLiteral: (node) => collect(node),
      NoSubstitutionTemplateLiteral: (node) => collect(node),
      TemplateExpression: (node) => collect(node),
      PropertyAssignment: {
        named: KEY,
        listen: (node): Fact | undefined => (isScriptDirective(node) ? node : undefined),
      },
    },
    each(fact, ctx) {
      if (DEVELOPMENT.test(ctx.header.localPath)) return;
      if (!ts.isPropertyAssignment(fact)) return judgePolicy(fact, ctx);
      if (isDevelopmentOnly(fact)) return;
      const loose = looseInDirective(fact, (name) => ctx.lookup(name), ctx.header);
      for (const { looseness, directive, start, end } of loose) ctx.report({ start, end }, looseness, { directive });
    },
  },
  documents: {
    languages: ['html'],
    matches: (localPath) => !DEVELOPMENT.test(localPath),
    check(ctx) {
      if (ctx.document.language !== 'html') return;
      for (const { attributes } of elementsOf(ctx.document, 'meta')) {
        const isPolicy = attributes.some(
          ({ name, value }) => name === 'http-equiv' && value.toLowerCase() === 'content-security-policy',
        );
        const span = attributes.find(({ name }) => name === 'content')?.valueSpan;
        if (!isPolicy || span === undefined) continue;
        for (const source of looseInPolicy(ctx.document.text.slice(span.start, span.end))) {
          const place = { start: span.start + source.start, end: span.start + source.end };
          ctx.report(place, source.looseness, { directive: source.directive });
        }
      }
    },
  },
  fixes: {
    inline: [{ title: "Take 'unsafe-inline' out", safety: 'suggest', edits: removeSource }],
    eval: [{ title: "Take 'unsafe-eval' out", safety: 'suggest', edits: removeSource }],
    anywhere: [{ title: 'Take * out', safety: 'suggest', edits: removeSource }],
  },
});
