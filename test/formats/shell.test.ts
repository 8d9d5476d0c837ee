import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed, textsOf } from './spans.ts';

test('reads lines as a shell does: continued, in quotes, with heredocs', () => {
  const text =
    '#!/bin/bash -e\n# c\nnpm test \\\n  --ci # d\necho "a\n$(cmd "b" \'c\')" x#y $#\n\ncat <<-EOF <<"B" > f\n\tnpm run lint\n\tEOF\n# text\nB\nread <<< z; echo \'#\'\n';
  const document = parsed('shell', text);
  assert.deepEqual(document.problems, []);
  assert.equal(document.interpreter, '/bin/bash -e');
  assert.deepEqual(
    textsOf(
      document,
      document.lines.map(({ span }) => span),
    ),
    [
      'npm test \\\n  --ci',
      'echo "a\n$(cmd "b" \'c\')" x#y $#',
      'cat <<-EOF <<"B" > f\n\tnpm run lint\n\tEOF\n# text\nB',
      "read <<< z; echo '#'",
    ],
  );
  assert.deepEqual(textsOf(document, document.lines[2]?.heredocs ?? []), ['\tnpm run lint\n', '# text\n']);
  assert.deepEqual(textsOf(document, document.comments), ['# c', '# d']);
});

test('quotes without end and heredocs without end are problems, and what stands before is read', () => {
  const open = parsed('shell', 'npm test\necho "a\nnpm run lint\n');
  assert.deepEqual(textsOf(open, open.problems), ['"a\nnpm run lint\n']);
  assert.equal(open.lines.length, 2);
  const heredoc = parsed('shell', 'cat <<EOF\nnpm test\n');
  assert.equal(heredoc.problems.length, 1);
  assert.deepEqual(
    textsOf(
      heredoc,
      heredoc.lines.map(({ span }) => span),
    ),
    ['cat <<EOF', 'npm test'],
  );
});
