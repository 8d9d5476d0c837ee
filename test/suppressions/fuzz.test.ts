import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applySuppressions, readSuppressions, suppressionEdit } from '#engine/suppressions/index.ts';
import { mutate, random } from '../formats/mutate.ts';
import { SAMPLES } from '../formats/samples.ts';
import { findingAt, KNOWN, SOURCES, sourceOf } from './sources.ts';

const TEXTS: readonly (readonly [string, string])[] = [
  ...SOURCES.map((text) => ['/a.tsx', text] as const),
  ...SAMPLES.json.map((text) => ['/a.jsonc', text] as const),
  ...SAMPLES.yaml.map((text) => ['/a.yaml', text] as const),
  ...SAMPLES.dockerfile.map((text) => ['/Dockerfile', text] as const),
  ...SAMPLES.html.map((text) => ['/a.html', text] as const),
  ...SAMPLES.markdown.map((text) => ['/a.md', text] as const),
  ...SAMPLES.dotenv.map((text) => ['/.env', text] as const),
  ...SAMPLES.prisma.map((text) => ['/a.prisma', text] as const),
];

const OPENINGS = ['// ', '/* ', '# ', '<!-- ', '{/* ', ''];
const DIRECTIVES = [
  'airworthy-disable-next-line security/eval -- x',
  'airworthy-disable-line',
  'airworthy-disable a, b --',
];

test('broken text around suppressions: nothing throws, and what is read lies in the text', () => {
  const next = random(7);
  for (let round = 0; round < 3000; round++) {
    const [path, original] = TEXTS[round % TEXTS.length] ?? ['/a.ts', ''];
    const at = next(original.length + 1);
    const comment = `${OPENINGS[next(OPENINGS.length)]}${DIRECTIVES[next(DIRECTIVES.length)]}`;
    const text = mutate(original.slice(0, at) + comment + original.slice(at), next);
    const place = next(text.length + 1);
    const why = `round ${round}, ${path}, at ${place}: ${JSON.stringify(text)}`;
    try {
      const source = sourceOf(path, text);
      const suppressions = readSuppressions(source);
      for (const { comment: span, keyword, rules, reason } of suppressions.items) {
        for (const part of [span, keyword, ...rules, ...(reason === undefined ? [] : [reason])]) {
          assert.ok(
            part.start >= span.start && part.start <= part.end && part.end <= span.end && span.end <= text.length,
          );
        }
      }
      applySuppressions([findingAt(place)], suppressions, { knownRules: KNOWN, complete: true });
      for (const scope of ['line', 'file'] as const) {
        for (const edit of suppressionEdit(source, findingAt(place), scope, 'ok') ?? []) {
          assert.ok(edit.start === edit.end && edit.start >= 0 && edit.end <= text.length);
          assert.doesNotMatch(text.slice(edit.start - 1, edit.start + 1), /^\r\n$/);
        }
      }
    } catch (error) {
      throw new Error(`${why}: ${String(error)}`);
    }
  }
});
