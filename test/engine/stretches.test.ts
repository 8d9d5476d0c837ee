import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stretches } from '#engine/flow/stretches.ts';
import { random } from '../rules/kit/random.ts';

interface Element {
  readonly id: number;
}

/** Stretches that come to the elements they are made of, and a count of those that were made. */
function counted(): { readonly stretches: Stretches<Element, readonly Element[]>; made(): number } {
  let made = 0;
  const stretches = new Stretches<Element, readonly Element[]>((elements) => {
    made++;
    return elements;
  });
  return { stretches, made: () => made };
}

function elements(count: number, from = 0): Element[] {
  return Array.from({ length: count }, (_, n) => ({ id: from + n }));
}

describe('stretches of a list', () => {
  it('hold all of it in order, whatever comes, goes and is replaced', () => {
    const chooser = random(7);
    const { stretches } = counted();
    let list = elements(300);
    for (let step = 0; step < 2000; step++) {
      const at = chooser.below(list.length + 1);
      const gone = chooser.below(3);
      const come = chooser.chance(0.5) ? gone : chooser.below(4);
      list = [...list.slice(0, at), ...elements(come, step * 1000 + 1000), ...list.slice(at + gone)];
      if (chooser.chance(0.01)) list = list.slice(Math.floor(list.length / 2)).concat(elements(200, step * 1000 + 500));
      assert.deepEqual(stretches.of(list).flat(), list);
    }
  });

  it('make one anew where an element is replaced, and two at most where one comes or goes', () => {
    const { stretches, made } = counted();
    const list = elements(1000);
    stretches.of(list);
    const first = made();
    assert.ok(first >= 1000 / 32 && first <= 1000 / 16, `${first} at first`);
    list[500] = { id: -1 };
    stretches.of(list);
    assert.equal(made(), first + 1);
    list.splice(200, 0, { id: -2 });
    stretches.of(list);
    assert.ok(made() <= first + 3, `${made() - first - 1} after one came`);
    list.splice(700, 1);
    const before = made();
    stretches.of(list);
    assert.ok(made() <= before + 2, `${made() - before} after one went`);
  });

  it('stay long while a list grows at its end', () => {
    const { stretches } = counted();
    const list = elements(40);
    for (let n = 0; n < 400; n++) {
      list.push({ id: 1000 + n });
      stretches.of(list);
    }
    assert.ok(stretches.of(list).length <= 440 / 8);
  });
});
