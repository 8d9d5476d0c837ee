import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FormatLanguage } from '#engine/formats/types.ts';
import { NO_HANG, parsed } from './spans.ts';

const fill = (piece: string): string => piece.repeat(10_000_000 / piece.length);

/** One line of ten million characters each, that parsers which look back or nest by recursion do not survive. */
const LINES: readonly (readonly [FormatLanguage, string])[] = [
  ['json', fill('[{"a":')],
  ['json', `"${fill('\\')}`],
  ['yaml', fill('- ')],
  ['yaml', `a: ["${fill('b')}`],
  ['yaml', fill(']')],
  ['dockerfile', `RUN ${fill('--a=b ')}`],
  ['dockerfile', `RUN${fill(' <<A')}`],
  ['html', fill('<b>')],
  ['html', `<a ${fill('b= ')}`],
  ['html', `<!--${fill('-')}`],
  ['markdown', fill('*a_ ')],
  ['markdown', fill('> ')],
  ['dotenv', `A="${fill('\\"')}`],
  ['dotenv', fill('a')],
  ['prisma', `model A { b Int ${fill('@c(')}`],
  ['prisma', fill('"')],
  ['ignore', fill('!')],
  ['shell', `"${fill('$(')}`],
  ['shell', `'${fill('\\"')}`],
  ['shell', fill('<<A ')],
  ['makefile', fill('a:')],
  ['makefile', fill('$(')],
];

for (const [language, text] of LINES) {
  test(`${language}: a line of 10 MB that begins with ${JSON.stringify(text.slice(0, 16))}`, () => {
    const started = performance.now();
    const document = parsed(language, text);
    assert.ok(performance.now() - started < NO_HANG);
    assert.ok(document.problems.length > 0 || language === 'dockerfile' || language === 'ignore');
    assert.ok(document.problems.length <= 100);
  });
}
