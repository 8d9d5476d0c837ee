import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUsedAsValue } from '#rules/_shared/project/valueNames.ts';
import { sourceView } from '../sourceView.ts';

function used(name: string, text: string, path?: string): boolean {
  return isUsedAsValue(name, sourceView(`import { ${name} } from 'm';\n${text}`, path).file);
}

test('what is called, made, extended, decorated with or drawn is a value', () => {
  for (const text of [
    'new Boat();',
    'Boat.launch();',
    'class Ferry extends Boat {}',
    '@Boat() class Ferry {}',
    'const page = <Boat />;',
    'const all = [Boat];',
    'export { Boat };',
    'const kind = { Boat };',
    'export default Boat;',
  ]) {
    assert.equal(used('Boat', text), true, text);
  }
});

test('what stands in types alone is none', () => {
  for (const text of [
    'let boat: Boat;',
    'function moor(boats: readonly Boat[]): Boat | undefined { return boats[0]; }',
    'interface Ferry extends Boat {}',
    'class Ferry implements Boat {}',
    'type Length = Boat["length"];',
    'const boat = {} as Boat;',
    'const boats = new Map<string, Boat>();',
    'const other = a.Boat; const more = { Boat: 1 };',
  ]) {
    assert.equal(used('Boat', text), false, text);
  }
});

test('small names, and all names in JavaScript, count as values', () => {
  assert.equal(used('boat', 'let x: typeof boat;'), true);
  assert.equal(used('Boat', 'let x;', '/w/a.js'), true);
});
