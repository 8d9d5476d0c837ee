import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keepAnnotations } from './keepAnnotations.ts';

describe('comments of a twin that is written anew', () => {
  it('stay below lines that are still there, wherever these are now', () => {
    const source = '// path: a.ts\none();\ntwo();\n// <^ expect: x\n// ^^^ expect: y {"n":1}\nthree();\n';
    assert.equal(
      keepAnnotations(source, 'new();\ntwo();\none();\nthree();\n'),
      '// path: a.ts\nnew();\ntwo();\n// <^ expect: x\n// ^^^ expect: y {"n":1}\none();\nthree();\n',
    );
  });

  it('stay below the one line that took the place of theirs', () => {
    assert.equal(
      keepAnnotations('a();\nb(1);\n// <^ expect: x\nc();\n', 'a();\nb(22);\nc();\n'),
      'a();\nb(22);\n// <^ expect: x\nc();\n',
    );
  });

  it('go with lines that are gone, and where they would point at nothing', () => {
    assert.equal(keepAnnotations('a();\nbb();\n// <^ expect: x\nc();\n', 'a();\nc();\n'), 'a();\nc();\n');
    assert.equal(
      keepAnnotations('a();\nbbbbbbb();\n//   ^^^ expect: x\nc();\n', 'a();\nb;\nc();\n'),
      'a();\nb;\nc();\n',
    );
  });

  it('stay at the right one of equal lines', () => {
    const source = 'f(() => {\n  abc();\n  // <^ expect: x\n});\nf(() => {\n  abc();\n});\n';
    assert.equal(keepAnnotations(source, `first();\n${'f(() => {\n  abc();\n});\n'.repeat(2)}`), `first();\n${source}`);
  });
});
