/** What rules ask about things that are opened and given back: where they are kept, and where an object or effect ends. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ts } from '#engine/ts.ts';
import {
  effectOf,
  enclosingEffect,
  isCleanupRegistration,
  returnedCleanups,
} from '#rules/_shared/lifecycle/effects.ts';
import { endingMembers, endingOf, isEndingName, memberName } from '#rules/_shared/lifecycle/endings.ts';
import { type Kept, keeperText, keptIn } from '#rules/_shared/lifecycle/keeping.ts';
import { isShared, mentionsOf, useOf } from '#rules/_shared/lifecycle/mentions.ts';
import { callsOf, nodesOf, sourceView } from './sourceView.ts';

describe('where a value is kept', () => {
  const cases: readonly (readonly [text: string, kept: string])[] = [
    ['make();', 'dropped'],
    ['void make();', 'dropped'],
    ['const t = make();', 'kept in t'],
    ['let t; t = make();', 'kept in t'],
    ['let t; t ??= make();', 'kept in t'],
    ['let t; t = on ? make() : null;', 'kept in t'],
    ['const t = (make() as unknown) as number;', 'kept in t'],
    ['let t; t = t || make()!;', 'kept in t'],
    ['class A { t; start() { this.t = make(); } }', 'kept in this.t'],
    ['class A { #t; start() { this.#t = make(); } }', 'kept in this.#t'],
    ['class A { t = make(); }', 'kept in this.t'],
    ['class A { start() { const self = this; run(function () { self.t = make(); }); } }', 'kept in this.t'],
    ['class A { start() { this["t"] = make(); } }', 'kept in this.t'],
    ['const o = { start() { this.t = make(); } };', 'kept in this.t'],
    ['function Poller() { this.t = make(); }', 'kept in this.t'],
    ['const ref = useRef(); ref.current = make();', 'kept in ref.current'],
    ['const list = []; list.push(make());', 'collected in list'],
    ['class A { all = new Map(); add(id) { this.all.set(id, make()); } }', 'collected in this.all'],
    ['class A { all = {}; add(id) { this.all[id] = make(); } }', 'collected in this.all'],
    ['const run = () => make();', 'handedOn'],
    ['function run() { return make(); }', 'handedOn'],
    ['use(make());', 'handedOn'],
    ['const o = { t: make() };', 'handedOn'],
    ['const [t] = [make()];', 'handedOn'],
    ['unknown.t = make();', 'handedOn'],
    ['const n = list.push(make());', 'handedOn'],
    ['function run() { let t; return (t = make()); }', 'handedOn'],
  ];
  for (const [text, expected] of cases) {
    test(text, () => {
      const { file, lookup } = sourceView(text);
      const [call] = callsOf(file, 'make');
      assert.ok(call);
      assert.equal(words(keptIn(call, lookup)), expected);
    });
  }

  function words(kept: Kept): string {
    return 'in' in kept ? `${kept.how} in ${keeperText(kept.in)}` : kept.how;
  }
});

describe('mentions of what keeps a value', () => {
  const uses = (text: string): string => {
    const { file, lookup } = sourceView(text);
    const [call] = callsOf(file, 'make');
    const kept = call && keptIn(call, lookup);
    assert.ok(kept && 'in' in kept);
    return mentionsOf(kept.in, lookup).map(useOf).join();
  };

  test('of a field stay in its class and see through optional chains', () => {
    const text = `class A { t; a() { this.t = make(); if (this.t) stop(this.t); this.t?.unref(); } }
      class B { t; b() { stop(this.t); } }`;
    assert.equal(uses(text), 'written,looked,handedOn,looked');
  });

  test('of a variable leave out its own declaration and others of the same name', () => {
    const text = 'function a() { const t = make(); return () => stop(t); } function b(t) { stop(t); }';
    assert.equal(uses(text), 'handedOn');
  });

  test('of a ref are told from those of another', () => {
    const text =
      'function A() { const a = ref(); const b = ref(); a.current = make(); stop(b.current); stop(a.current); }';
    assert.equal(uses(text), 'written,handedOn');
  });

  test('tell what other modules can reach', () => {
    const shared = (text: string): boolean => {
      const { file, lookup } = sourceView(text);
      const [call] = callsOf(file, 'make');
      const kept = call && keptIn(call, lookup);
      assert.ok(kept && 'in' in kept);
      return isShared(kept.in);
    };
    assert.equal(shared('export const t = make();'), true);
    assert.equal(shared('const t = make(); export { t };'), true);
    assert.equal(shared('const t = make(); module.exports = { t };'), true);
    assert.equal(shared('const t = make(); export const other = 1;'), false);
    assert.equal(shared('class A { protected t = make(); }'), true);
    assert.equal(shared('class A { private t = make(); }'), false);
    assert.equal(shared('abstract class A { t = make(); }'), true);
  });
});

describe('the end of an object', () => {
  test('is told by the name of a method', () => {
    for (const name of ['stop', 'dispose', 'onModuleDestroy', 'disconnectedCallback', 'stopPolling', '_clearTimers']) {
      assert.equal(isEndingName(name), true, name);
    }
    for (const name of ['start', 'endpoint', 'closeness', 'run', 'cleaned', 'stopwatch', 'removable', 'constructor']) {
      assert.equal(isEndingName(name), false, name);
    }
  });

  test('is a method, a function field or a symbol', () => {
    const { file } = sourceView(
      'class A { start() {} stop = () => {}; closed = false; [Symbol.asyncDispose]() {} #destroy() {} }',
    );
    const [cls] = nodesOf(file, ts.isClassDeclaration);
    assert.ok(cls);
    assert.deepEqual(
      endingMembers(cls).map((member) => memberName(member.name)),
      ['stop', 'Symbol.asyncDispose'],
    );
  });

  const ending = (text: string): string => {
    const { file, header } = sourceView(text);
    const [cls] = nodesOf(file, ts.isClassDeclaration);
    assert.ok(cls);
    const { name, callsSuper, calledByFrame } = endingOf(cls, header);
    return `${name}${callsSuper ? ' super' : ''}${calledByFrame ? ' called' : ''}`;
  };

  test('is what the frame calls', () => {
    assert.equal(
      ending('import React from "react"; class A extends React.Component {}'),
      'componentWillUnmount called',
    );
    assert.equal(
      ending('import { PureComponent as P } from "react"; class A extends P {}'),
      'componentWillUnmount called',
    );
    assert.equal(ending('class A extends HTMLElement {}'), 'disconnectedCallback called');
    assert.equal(
      ending('import { LitElement } from "lit"; class A extends LitElement {}'),
      'disconnectedCallback super called',
    );
    assert.equal(
      ending('import { Injectable } from "@nestjs/common"; @Injectable() class A {}'),
      'onModuleDestroy called',
    );
    assert.equal(ending('import { Injectable } from "@angular/core"; @Injectable() class A {}'), 'ngOnDestroy called');
    assert.equal(ending('import { OnInit } from "@angular/core"; class A implements OnInit {}'), 'ngOnDestroy called');
    assert.equal(ending('class A { start() {} }'), 'stop');
    assert.equal(ending('class A extends Component {}'), 'dispose');
  });
});

describe('effects', () => {
  test('are known by what they are imported as', () => {
    const styles = (text: string): readonly (string | undefined)[] => {
      const { file, header } = sourceView(text);
      return nodesOf(file, ts.isCallExpression).map((call) => effectOf(call, header)?.cleanup);
    };
    assert.deepEqual(styles('import { useEffect as on } from "react"; on(() => {});'), [undefined]);
    assert.deepEqual(styles('import { useEffect } from "react"; useEffect(() => {});'), ['returned']);
    assert.deepEqual(styles('import * as R from "react"; R.useLayoutEffect(function () {});'), ['returned']);
    assert.deepEqual(styles('import { onMounted } from "vue"; onMounted(() => {});'), ['registered']);
    assert.deepEqual(styles('import { useEffect } from "./hooks"; useEffect(() => {});'), [undefined]);
    assert.deepEqual(styles('import { useEffect } from "react"; useEffect(run);'), [undefined]);
  });

  test('hold what runs inside of them', () => {
    const { file, header } = sourceView(
      'import { useEffect } from "react"; function A() { make(); useEffect(() => { const go = () => make(); go(); }); }',
    );
    const effects = callsOf(file, 'make').map((call) => enclosingEffect(call, header) !== undefined);
    assert.deepEqual(effects, [false, true]);
  });

  test('return what ends them, functions inside of them apart', () => {
    const { file, header } = sourceView(
      'import { useEffect } from "react"; useEffect(() => { if (!on) return; const f = () => { return 1; }; return stop; });',
    );
    const [effect] = nodesOf(file, ts.isCallExpression).flatMap((call) => effectOf(call, header) ?? []);
    assert.ok(effect);
    assert.deepEqual(
      returnedCleanups(effect.callback).map((node) => node.getText()),
      ['stop'],
    );
  });

  test('of other frames register it', () => {
    const { file, header } = sourceView('import { onUnmounted, ref } from "vue"; onUnmounted(() => {}); ref(0);');
    assert.deepEqual(
      nodesOf(file, ts.isCallExpression).map((call) => isCleanupRegistration(call, header)),
      [true, false],
    );
  });
});
