import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFormat } from '#engine/formats/index.ts';
import type { FormatDocument } from '#engine/formats/types.ts';
import { mutate, mutateLines, random } from './mutate.ts';

const WORKFLOW = `name: ci
on:
  push:
    branches: [main, 'release/*']
env: {A: 1, "B": two}

jobs:
  # checks
  test:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
      with:
        fetch-depth: 0
    - run: |
        npm ci # not a comment

        npm test
      name: Test and
        more
    - # empty so far
    -
      run: >-
        folded
        text
  build:
    needs: [test]
    steps:
      - name: one
        if: \${{ always() }}
      - - a
        - b: c
          d: "two
            lines"
      - ? long key
        : value
    timeout-minutes: 5 # short

`;

const COMPOSE = `services:
  web:
    image: "node:20"
    environment:
      - A=b
      - 'C=d'
    command: ["node", "main.js"]
    healthcheck:
      test: curl -f http://localhost || exit 1
  db:
    image: postgres
    environment:
      POSTGRES_PASSWORD: \${DB:?}
      EMPTY:
      TEXT: |2
         indented
        less

volumes:
  data:
`;

const SAMPLES = [
  WORKFLOW,
  COMPOSE,
  COMPOSE.replace(/\n/g, '\r\n'),
  Array.from({ length: 30 }, (_, n) => `key${n}:\n  - a: ${n}\n    b: !!str ${n}\n  # c${n}\n`).join(''),
];

/** What people type in such a file, one piece at a time. */
const TYPED = [
  'x',
  ' ',
  '  ',
  '\n',
  '\n  ',
  '\n    ',
  '\n      - ',
  ': ',
  '- ',
  '#',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  'key: v',
  '\nkey0:',
  '|',
  '>',
  '|+\n',
  '&a',
  '*a',
  '<<: ',
  '---\n',
  '? ',
  '%',
  '!!int ',
  '\t',
  '\r\n',
];

function typed(text: string, next: (below: number) => number): string {
  const at = next(text.length + 1);
  if (next(3) > 0) {
    const piece = next(2) === 0 ? 'x' : (TYPED[next(TYPED.length)] ?? '');
    return text.slice(0, at) + piece + text.slice(at);
  }
  return text.slice(0, at) + text.slice(at + 1 + next(next(4) === 0 ? 60 : 3));
}

function compare(edit: typeof typed, seed: number, rounds = 500): number {
  const next = random(seed);
  let kept = 0;
  for (const sample of SAMPLES) {
    let text = sample;
    let document: FormatDocument = parseFormat('yaml', text);
    for (let round = 0; round < rounds; round++) {
      // Most edits break something: go back to what can be read in parts.
      const begin = document.problems.length > 0 && next(4) > 0 ? sample : text;
      const old = begin === text ? document : parseFormat('yaml', begin);
      text = edit(begin, next);
      document = parseFormat('yaml', text, old);
      try {
        assert.deepEqual(document, parseFormat('yaml', text));
      } catch (error) {
        throw new Error(`round ${round}: ${JSON.stringify(begin)} became ${JSON.stringify(text)}: ${String(error)}`);
      }
      if (partsOf(document).some((part) => partsOf(old).includes(part))) kept++;
    }
  }
  return kept;
}

/** Entries of the outermost mapping; the same objects where an edit left them alone. */
function partsOf(document: FormatDocument): readonly unknown[] {
  const [root] = document.language === 'yaml' ? document.roots : [];
  return root?.kind === 'object' ? root.entries : [];
}

test('a YAML document that is read again after an edit is that of its text', () => {
  const kept = compare(typed, Number(process.env['SEED'] ?? 1), Number(process.env['ROUNDS'] ?? 500));
  assert.ok(kept > 200, `only ${kept} edits left anything alone`);
});

test('so is one that was changed in many places', () => {
  compare(mutate, 7);
  compare(mutateLines, 8);
});
