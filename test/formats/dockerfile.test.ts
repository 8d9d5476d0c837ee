import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanInArgument } from '#engine/formats/dockerArgument.ts';
import { parsed, textsOf } from './spans.ts';

test('joins continued lines, leaves comments and blank lines out', () => {
  const document = parsed('dockerfile', 'FROM node:20\r\nRUN npm ci \\\r\n  # why\r\n\r\n  && npm te\\\r\nst\r\n');
  const run = document.instructions[1];
  assert.equal(run?.argument, 'npm ci && npm test');
  assert.deepEqual(textsOf(document, document.comments), ['# why']);
  assert.deepEqual(textsOf(document, [run?.span ?? { start: 0, end: 0 }]), [
    'RUN npm ci \\\r\n  # why\r\n\r\n  && npm te\\\r\nst',
  ]);
});

test('finds a part of the argument in the source', () => {
  const document = parsed('dockerfile', 'RUN a😀 \\\n  # c\n  b || true \\\n  c\n');
  const run = document.instructions[0];
  assert.ok(run);
  const from = run.argument.indexOf('|| true');
  assert.deepEqual(textsOf(document, [spanInArgument(run, from, from + 7)]), ['|| true']);
  assert.deepEqual(textsOf(document, [spanInArgument(run, 0, run.argument.length)]), [
    'a😀 \\\n  # c\n  b || true \\\n  c',
  ]);
  assert.deepEqual(textsOf(document, [spanInArgument(run, 0, 3)]), ['a😀']);
});

test('stages, flags, ARG before FROM, exec form', () => {
  const text =
    '# syntax=docker/dockerfile:1\nARG V=20\nFROM --platform=$P node:$V AS a\nfrom scratch\nCOPY --from=a --chown="x y" a b\nHEALTHCHECK --interval=5s CMD ["x", "😀"]\nCMD ["node", "m.js"]\nENTRYPOINT [not json]\nLABEL ["x"]\n';
  const document = parsed('dockerfile', text);
  assert.deepEqual(document.problems, []);
  assert.deepEqual(document.comments, []);
  assert.deepEqual(
    document.instructions.map(({ keyword, stage, argument, exec, flags }) => [
      keyword,
      stage,
      argument,
      exec,
      flags.map(({ name, value }) => `${name}=${value}`).join(),
    ]),
    [
      ['ARG', -1, 'V=20', undefined, ''],
      ['FROM', 0, 'node:$V AS a', undefined, 'platform=$P'],
      ['FROM', 1, 'scratch', undefined, ''],
      ['COPY', 1, 'a b', undefined, 'from=a,chown=x y'],
      ['HEALTHCHECK', 1, 'CMD ["x", "😀"]', ['x', '😀'], 'interval=5s'],
      ['CMD', 1, '["node", "m.js"]', ['node', 'm.js'], ''],
      ['ENTRYPOINT', 1, '[not json]', undefined, ''],
      ['LABEL', 1, '["x"]', undefined, ''],
    ],
  );
});

test('heredocs belong to their instruction', () => {
  const text =
    'FROM a\nRUN <<A cat <<-"B" && cat > "x <<C"\n# no comment\nFROM b\nA\n\tb\n\tB\nCOPY <<E /e\nE\nCMD x\n';
  const document = parsed('dockerfile', text);
  assert.deepEqual(
    document.instructions.map(({ keyword, heredocs }) => [keyword, heredocs.map(({ name, body }) => [name, body])]),
    [
      ['FROM', []],
      [
        'RUN',
        [
          ['A', '# no comment\nFROM b\n'],
          ['B', '\tb\n'],
        ],
      ],
      ['COPY', [['E', '']]],
      ['CMD', []],
    ],
  );
  assert.deepEqual(document.comments, []);
});

test('an open heredoc is a problem, an escaped escape no continuation, << in a word no heredoc', () => {
  assert.match(parsed('dockerfile', 'RUN <<E\na\n').problems[0]?.message ?? '', /never closed/);
  const document = parsed('dockerfile', 'RUN echo a\\\\\nRUN cat <<<x $((1<<3))\nCMD y');
  assert.deepEqual(
    document.instructions.map(({ argument }) => argument),
    ['echo a\\\\', 'cat <<<x $((1<<3))', 'y'],
  );
});

test('the escape directive counts at the top only, in any case, behind a byte order mark', () => {
  const document = parsed('dockerfile', '\ufeff# Escape = `\r\nFROM a\r\nRUN c:\\ `\r\n b\r\n');
  assert.deepEqual(
    document.instructions.map(({ argument }) => argument),
    ['a', 'c:\\ b'],
  );
  const late = parsed('dockerfile', '\n# escape=`\nRUN a `\nRUN b');
  assert.equal(late.instructions.length, 2);
  assert.match(parsed('dockerfile', '# escape=x\nFROM a').problems[0]?.message ?? '', /escape/);
});

test('unknown instructions are problems and still read', () => {
  const document = parsed('dockerfile', 'FORM node\n');
  assert.equal(document.instructions[0]?.keyword, 'FORM');
  assert.deepEqual(textsOf(document, document.problems), ['FORM']);
});
