import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed, textsOf } from './spans.ts';

test('reads rules with their recipes, variables and includes', () => {
  const text =
    'NPM ?= npm # which\nexport CI:=1\n-include a.mk b.mk\n.PHONY: test\ntest lint:: build | out ; @echo "x"\n\t-$(NPM) test \\\n\t  --ci\n\n# c\n\t$(NPM) run lint\nall: X = 1\n$(OUT)/%.js: src/%.ts\n\ttsc\ndefine BODY\nfoo: bar\nendef\nifdef CI\nci: test\nendif\n\tnpm audit\n';
  const document = parsed('makefile', text);
  assert.deepEqual(document.problems, []);
  assert.deepEqual(
    document.rules.map(({ targets, prerequisites, recipe, isConditional }) => [
      targets.join(' '),
      prerequisites.join(' '),
      textsOf(
        document,
        recipe.map(({ span }) => span),
      ),
      isConditional,
    ]),
    [
      ['.PHONY', 'test', [], false],
      ['test lint', 'build out', ['@echo "x"', '-$(NPM) test \\\n\t  --ci', '$(NPM) run lint'], false],
      ['$(OUT)/%.js', 'src/%.ts', ['tsc'], false],
      ['ci', 'test', ['npm audit'], true],
    ],
  );
  assert.deepEqual(
    document.variables.map(({ name, operator, value }) => [name, operator, value]),
    [
      ['NPM', '?=', 'npm'],
      ['CI', ':=', '1'],
    ],
  );
  assert.deepEqual(
    document.includes.map(({ path }) => path),
    ['a.mk', 'b.mk'],
  );
  assert.deepEqual(textsOf(document, document.comments), ['# which', '# c']);
});

test('a condition and a definition without end are problems', () => {
  assert.equal(parsed('makefile', 'ifdef A\na:\n\tb\n').problems.length, 1);
  const open = parsed('makefile', 'a:\n\tb\ndefine X\nc:\n\td\n');
  assert.equal(open.problems.length, 1);
  assert.equal(open.rules.length, 1);
});
