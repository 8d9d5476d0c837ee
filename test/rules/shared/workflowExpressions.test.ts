import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filled, isNever, withoutBlanks } from '#rules/_shared/delivery/workflowExpressions.ts';

const VALUES = new Map([
  ['matrix.task', ['lint', 'test']],
  ['inputs.flags', ['']],
  ['inputs.on', ['true']],
  ['inputs.off', ['false']],
]);

test('expressions become one word, those that compute something stay as they are', () => {
  assert.equal(withoutBlanks(`npm run \${{ matrix.task }}`), `npm run \${{matrix.task}}`);
  const computed = `npm run \${{ inputs.a || 'b' }}`;
  assert.equal(withoutBlanks(computed), computed);
});

test('a text has each value of its expressions', () => {
  assert.deepEqual(filled(`npm run \${{ matrix.task }} \${{inputs.flags}}`, VALUES), [
    'npm run lint ',
    'npm run test ',
  ]);
  assert.deepEqual(filled(`npm run \${{ env.TASK }}`, VALUES), [`npm run \${{ env.TASK }}`]);
});

test('many values of many expressions stay within bounds', () => {
  const many = new Map(['a', 'b', 'c'].map((name) => [`matrix.${name}`, Array.from({ length: 40 }, (_, n) => `${n}`)]));
  assert.equal(filled(`\${{matrix.a}} \${{matrix.b}} \${{matrix.c}}`, many).length, 32);
});

for (const [condition, expected] of [
  ['inputs.off', true],
  [`\${{ inputs.off }}`, true],
  ['!inputs.off', false],
  ['inputs.off == true', true],
  ["inputs.off != 'true'", false],
  ['inputs.flags', true],
  ['inputs.on', false],
  [`\${{ !inputs.on }}`, true],
  ['inputs.on == false', true],
  ['inputs.unknown', false],
  ["inputs.off && github.ref == 'refs/heads/main'", false],
  ['always()', false],
] as const) {
  test(`${condition} ${expected ? 'never holds' : 'may hold'}`, () => {
    assert.equal(isNever(condition, VALUES), expected);
  });
}
