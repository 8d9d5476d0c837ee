import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ts } from '#engine/ts.ts';
import { calledName, constant, memberCall, option } from '#rules/_shared/calls.ts';
import { first, parsed } from './parsed.ts';

const call = (text: string) => first(parsed(text).file, ts.isCallExpression);

test('a call is named by its function or member, however it is wrapped', () => {
  for (const [text, name] of [
    ['send(1)', 'send'],
    ['res.status(200).send(1)', 'send'],
    ['res?.send?.(1)', 'send'],
    ["res['send'](1)", 'send'],
    ['(res as Res).send!(1)', 'send'],
    ['this.#send(1)', '#send'],
    ['table[key](1)', undefined],
    ['(() => 1)()', undefined],
  ] as const) {
    assert.equal(calledName(call(text)), name, text);
  }
  assert.equal(memberCall(call('send()')), undefined);
  assert.equal(memberCall(call('a.b.send()'))?.receiver.getText(), 'a.b');
});

test('options are read as the program would see them', () => {
  for (const [text, expected] of [
    ['f()', 'absent'],
    ['f(undefined)', 'absent'],
    ['f({})', 'absent'],
    ['f({ other: 1 })', 'absent'],
    ['f({ timeout: 5 })', '5'],
    ["f({ 'timeout': 5 } as const)", '5'],
    ["f({ ['timeout']: 5 })", '5'],
    ['f({ timeout })', 'timeout'],
    ['f({ timeout() { return 1; } })', 'timeout() { return 1; }'],
    ['f({ timeout: 1, timeout: 2 })', '2'],
    ['f({ ...base, timeout: 5 })', '5'],
    ['f({ timeout: 5, ...base })', 'unknown'],
    ['f({ ...base })', 'unknown'],
    ['f({ [key]: 1 })', 'unknown'],
    ['f(base)', 'unknown'],
    ['f(null)', 'unknown'],
  ] as const) {
    const found = option(call(text).arguments[0], 'timeout');
    assert.equal(found.kind === 'given' ? found.value.getText() : found.kind, expected, text);
  }
});

test('constants are literals and arithmetic with numbers', () => {
  for (const [text, expected] of [
    ['5', { value: 5 }],
    ['1_000', { value: 1000 }],
    ['-1', { value: -1 }],
    ['30 * 1000', { value: 30_000 }],
    ['(2 ** 3 + 1) / 3 - 1', { value: 2 }],
    ["'a'", { value: 'a' }],
    ['`a`', { value: 'a' }],
    ['true', { value: true }],
    ['!0', { value: true }],
    ['!1', { value: false }],
    ['null', { value: null }],
    ['undefined', { value: undefined }],
    ['void 0', { value: undefined }],
    ['name', undefined],
    ['2 * name', undefined],
    ["'a' + 'b'", undefined],
    ['`a$' + '{b}`', undefined],
  ] as const) {
    const [argument] = call(`f(${text})`).arguments;
    assert.deepEqual(argument && constant(argument), expected, text);
  }
});
