import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HtmlElement } from '#engine/formats/types.ts';
import { parsed, textsOf } from './spans.ts';

/** `name(children)` for each element. */
const shape = (elements: readonly HtmlElement[]): string =>
  elements.map(({ name, children }) => (children.length > 0 ? `${name}(${shape(children)})` : name)).join(' ');

const NOWHERE = { start: 0, end: 0 };

test('attributes and tags with exact spans', () => {
  const text =
    '\ufeff<p>😀</p>\r\n<IFRAME Src=a sandbox = "allow-scripts &amp; x" title=\'\' data-x allow = b></iframe>';
  const document = parsed('html', text);
  const iframe = document.elements[1];
  assert.equal(iframe?.name, 'iframe');
  assert.deepEqual(
    iframe?.attributes.map(({ name, value, span, valueSpan }) => [
      name,
      value,
      ...textsOf(document, [span, valueSpan ?? NOWHERE]),
    ]),
    [
      ['src', 'a', 'Src=a', 'a'],
      ['sandbox', 'allow-scripts & x', 'sandbox = "allow-scripts &amp; x"', 'allow-scripts &amp; x'],
      ['title', '', "title=''", ''],
      ['data-x', '', 'data-x', ''],
      ['allow', 'b', 'allow = b', 'b'],
    ],
  );
  assert.equal(iframe?.attributes[3]?.valueSpan, undefined);
  assert.equal(document.elements[0]?.text, '😀');
  assert.equal(textsOf(document, [iframe?.outerSpan ?? NOWHERE])[0]?.endsWith('</iframe>'), true);
});

test('nests as browsers do where end tags are left out', () => {
  const cases: readonly [string, string][] = [
    ['<ul><li>1<li>2<ul><li>3</ul></ul><b></b>', 'ul(li li(ul(li))) b'],
    ['<p>a<div>b</div>', 'p div'],
    ['<table><tr><td>1<td>2<tr><th>3</table>', 'table(tr(td td) tr(th))'],
    ['<tr><td>1', 'tr(td)'],
    ['<br><img src=a><input>', 'br img input'],
    ['<svg><path /><title><b></b></title></svg><i></i>', 'svg(path title(b)) i'],
    ['<my-a /><div/><b></b></div>', 'my-a div(b)'],
    ['<script>"<b>"</script><textarea><i></textarea><u></u>', 'script textarea u'],
    ['</b><i></b></i>', 'i'],
    ['<head><title>x</title><body><p>y', 'head(title) body(p)'],
    ['<select><option>1<option>2</select>', 'select(option option)'],
    ['<button><p>a</button><p>b', 'button(p) p'],
  ];
  for (const [text, expected] of cases) assert.equal(shape(parsed('html', text).elements), expected, text);
});

test('comments, and markup that is none', () => {
  const document = parsed('html', '<!-- a --><script>"<!-- b -->"</script><p title="<!-- c -->"><!-- d');
  assert.deepEqual(textsOf(document, document.comments), ['<!-- a -->', '<!-- d']);
  assert.deepEqual(
    document.problems.map(({ message }) => message),
    ['This comment is never closed.'],
  );
});

test('spans hold beyond the chunks the tokenizer gets', () => {
  const text = `${'<p>😀 é</p>\r\n'.repeat(20_000)}<i id=x></i>`;
  const last = parsed('html', text).elements.at(-1);
  assert.equal(text.slice(last?.span.start, last?.span.end), '<i id=x>');
});

test('5,000 nested elements keep the tree shallow and lose none', () => {
  const document = parsed('html', `${'<div>'.repeat(5000)}<iframe src=x></iframe>`);
  const all: HtmlElement[] = [];
  const walk = (element: HtmlElement): void => {
    all.push(element);
    element.children.forEach(walk);
  };
  document.elements.forEach(walk);
  assert.equal(all.length, 5001);
  assert.equal(document.problems.length, 1);
});
