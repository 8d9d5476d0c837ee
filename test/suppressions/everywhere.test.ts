import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowsComments } from '#engine/formats/index.ts';
import type { FormatDocument, HtmlElement } from '#engine/formats/types.ts';
import { applySuppressions, readSuppressions, suppressionEdit } from '#engine/suppressions/index.ts';
import { ts } from '#engine/ts.ts';
import { SAMPLES } from '../formats/samples.ts';
import { plain } from '../formats/spans.ts';
import { applyEdits, findingAt, KNOWN, SOURCES, sourceOf } from './sources.ts';

/** The program without comments, as it would run: JSX text is cut as JSX cuts it. */
function emitted(text: string): string {
  const options = { jsx: ts.JsxEmit.React, target: ts.ScriptTarget.ESNext, removeComments: true };
  return ts
    .transpileModule(text, { compilerOptions: options, fileName: 'a.tsx' })
    .outputText.replace(/\s*\n\s*/g, '\n');
}

function shape(element: HtmlElement): unknown {
  return [element.name, element.attributes.map(({ name, value }) => [name, value]), element.children.map(shape)];
}

/** What a document says, without comments and positions. */
function meaning(document: FormatDocument): unknown {
  switch (document.language) {
    case 'json':
    case 'yaml':
      return document.roots.map(plain);
    case 'dockerfile':
      return document.instructions.map(({ keyword, argument, flags, heredocs }) => [
        keyword,
        argument,
        flags.map(({ name, value }) => [name, value]),
        heredocs.map(({ body }) => body),
      ]);
    case 'html':
      return document.elements.map(shape);
    case 'dotenv':
      return document.entries.map(({ key, value }) => [key, value]);
    case 'ignore':
      return document.entries.map(({ pattern, isException }) => [pattern, isException]);
    case 'shell':
      return document.lines.map(({ span }) => document.text.slice(span.start, span.end));
    case 'makefile':
      return [
        document.variables.map(({ name, operator, value }) => [name, operator, value]),
        document.includes.map(({ path }) => path),
        document.rules.map(({ targets, prerequisites, recipe }) => [
          targets,
          prerequisites,
          recipe.map(({ span }) => document.text.slice(span.start, span.end)),
        ]),
      ];
    case 'prisma':
      return document.blocks.map(({ keyword, name, fields, attributes }) => [
        keyword,
        name,
        fields.map((field) => [field.name, field.type, field.attributes.map((a) => a.argument)]),
        attributes.map((a) => a.argument),
      ]);
    case 'markdown':
      // Which blocks follow each other, in which nesting, without the comments.
      return JSON.stringify(document.root, (key, value) =>
        key === 'position' || key === 'spread'
          ? undefined
          : Array.isArray(value)
            ? value.filter((child) => child?.type !== 'html' && child?.type !== 'text')
            : value,
      );
  }
}

/** Suppresses a finding at an offset, asserts that it worked and left nothing behind, and returns the new text. */
function suppressAt(path: string, text: string, offset: number, scope: 'line' | 'file'): string {
  const finding = findingAt(offset);
  const edits = suppressionEdit(sourceOf(path, text), finding, scope, 'ok');
  assert.ok(edits, `no edit at ${offset}`);
  const after = applyEdits(text, edits, offset);
  const left = applySuppressions([findingAt(after.offset)], readSuppressions(sourceOf(path, after.text)), {
    knownRules: KNOWN,
    complete: true,
  });
  assert.deepEqual(left, [], `at ${offset} (${JSON.stringify(text.slice(offset, offset + 10))}):\n${after.text}`);
  return after.text;
}

for (const [index, original] of SOURCES.entries()) {
  for (const eol of ['\n', '\r\n']) {
    test(`source ${index}, ${JSON.stringify(eol)}: a finding at any visible character can be suppressed, and the program stays the same`, () => {
      const text = original.replaceAll('\n', eol);
      const before = emitted(text);
      const seen = new Set<string>();
      for (let offset = index === 0 ? text.indexOf('\n') + 1 : 0; offset < text.length; offset++) {
        if (/\s/.test(text[offset] ?? '')) continue;
        for (const scope of ['line', 'file'] as const) {
          const after = suppressAt('/a.tsx', text, offset, scope);
          assert.ok(eol === '\n' ? !after.includes('\r') : !/[^\r]\n/.test(after));
          if (seen.has(after)) continue;
          seen.add(after);
          assert.equal(emitted(after), before, after);
        }
      }
    });
  }
}

const PATHS: readonly (readonly [string, readonly string[]])[] = [
  ['/a.jsonc', SAMPLES.json],
  ['/a.yaml', SAMPLES.yaml],
  ['/Dockerfile', SAMPLES.dockerfile],
  ['/a.html', SAMPLES.html],
  ['/a.md', SAMPLES.markdown],
  ['/.env', SAMPLES.dotenv],
  ['/a.prisma', SAMPLES.prisma],
  ['/.dockerignore', SAMPLES.ignore],
  ['/a.sh', SAMPLES.shell],
  ['/Makefile', SAMPLES.makefile],
];

/** Above a parser directive and a shebang, and in a line of marks alone, there is no place for a comment. */
const NO_PLACE: Readonly<Record<string, RegExp>> = {
  '/Dockerfile': /^\ufeff?# *\w+ *=/,
  '/a.md': /^[-|=>]+$/,
  '/a.sh': /^\ufeff?#!/,
};

for (const [path, texts] of PATHS) {
  test(`${path}: a finding at any visible character can be suppressed, and the document says the same`, () => {
    assert.ok(!path.endsWith('json') || allowsComments(path));
    for (const text of texts) {
      const source = sourceOf(path, text);
      assert.ok(source.document);
      const before = meaning(source.document);
      for (let offset = 0; offset < text.length; offset++) {
        if (/[\s\ufeff]/.test(text[offset] ?? '')) continue;
        const line = text.slice(text.lastIndexOf('\n', offset) + 1).split(/\r?\n/, 1)[0] ?? '';
        const noPlace = NO_PLACE[path] ?? /^$/;
        for (const scope of ['line', 'file'] as const) {
          if (noPlace.test(line) && scope === 'line') continue;
          const after = sourceOf(path, suppressAt(path, text, offset, scope));
          assert.ok(after.document);
          assert.deepEqual(meaning(after.document), before, after.text);
        }
      }
    }
  });
}
