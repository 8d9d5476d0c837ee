import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFormat } from '#engine/formats/index.ts';
import type { FormatLanguage } from '#engine/formats/types.ts';
import { mutate, random } from './mutate.ts';
import { SAMPLES } from './samples.ts';
import { assertSpans, NO_HANG } from './spans.ts';

for (const [language, samples] of Object.entries(SAMPLES) as [FormatLanguage, readonly string[]][]) {
  test(`${language}: 1,500 random edits neither throw nor put a span outside its parent`, () => {
    const next = random(20_240_611);
    for (let round = 0; round < 1500; round++) {
      const text = mutate(samples[round % samples.length] ?? '', next);
      const started = performance.now();
      try {
        assertSpans(parseFormat(language, text));
      } catch (error) {
        throw new Error(`round ${round}: ${JSON.stringify(text)}: ${String(error)}`);
      }
      assert.ok(performance.now() - started < NO_HANG, `round ${round} took too long: ${JSON.stringify(text)}`);
    }
  });
}
