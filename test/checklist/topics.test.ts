import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { type Category, register, rule } from '#api';
import { claimOf } from '#engine/checklist/judging/claims.ts';
import { namesInDocument, namesInText, partsOfName } from '#engine/checklist/judging/nameParts.ts';
import { referenceResolver } from '#engine/checklist/judging/resolveReference.ts';
import { topicIndex } from '#engine/checklist/judging/topics.ts';

function about(name: string, topics: readonly string[], category: Category = 'security') {
  const meta = { priority: 'P1', since: 'next', summary: 'A probe.', messages: {}, topics } as const;
  return register(category, name, rule({ meta, options: z.strictObject({}) }));
}

const index = topicIndex([
  about('frames', ['iframe sandbox', 'iframe', 'sandbox']),
  about('bypass', ['BYPASS_AUTH', 'bypass']),
  about('sorting', ['sort']),
  about('claims', ['sandbox'], 'checklist'),
]);

/** `rule!` for a strong match, `rule` for a weak one. */
function matched(title: string, ...rest: readonly string[]): readonly string[] {
  return index.match(title, rest).map((match) => `${match.rule.split('/')[1]}${match.strong ? '!' : ''}`);
}

test('a topic of several words, or one written like code, says what a title is about', () => {
  assert.deepEqual(matched('Fix the iframe sandbox'), ['frames!']);
  assert.deepEqual(matched('Fix iframe sandboxes'), ['frames!']);
  assert.deepEqual(matched('Drop BYPASS_AUTH=true'), ['bypass!']);
});

test('an ordinary word alone does not, two that are independent do', () => {
  assert.deepEqual(matched('Sort the list of exports'), ['sorting']);
  assert.deepEqual(matched('Play in the sandbox'), ['frames']);
  assert.deepEqual(matched('Close the bypass', 'BYPASS_AUTH is read in production'), ['bypass!']);
  assert.deepEqual(matched('Fix the sandbox', 'an iframe sandbox'), ['frames']);
});

test('what only the detail mentions is weak, and rules about checklists are never meant', () => {
  assert.deepEqual(matched('Ship it', 'the iframe sandbox was fixed before'), ['frames']);
  assert.deepEqual(matched('Nothing of the kind'), []);
});

test('names are taken apart as they are written', () => {
  assert.deepEqual(partsOfName('strictSSL'), ['strictssl', 'strict', 'ssl']);
  assert.deepEqual(partsOfName('BYPASS_AUTH'), ['bypass_auth', 'bypass', 'auth']);
  assert.deepEqual(partsOfName('HTMLElement2'), ['htmlelement2', 'html', 'element', '2']);
  assert.deepEqual(partsOfName('iframe'), ['iframe']);
  assert.ok(namesInText('socket.io').includes('socket.io'));
  assert.ok(namesInText('<iframe src="x">').includes('iframe'));
  assert.deepEqual([...namesInDocument('{"ts-jest": 1}')], ['ts-jest', 'ts', 'jest']);
});

test('a path means one file or none', () => {
  const resolver = referenceResolver('/w', [
    '/w/src/a.ts',
    '/w/pkg/one/src/b.ts',
    '/w/pkg/two/src/b.ts',
    '/w/pkg/one/c.ts',
  ]);
  const resolve = (path: string, from = '/w/pkg/one/README.md') => resolver.resolve(path, from);
  assert.deepEqual(resolve('src/a.ts'), ['/w/src/a.ts']);
  assert.deepEqual(resolve('./src/a.ts', '/w/docs/x.md'), ['/w/src/a.ts']);
  assert.deepEqual(resolve('c.ts'), ['/w/pkg/one/c.ts']);
  assert.deepEqual(resolve('src/b.ts'), ['/w/pkg/one/src/b.ts']);
  assert.deepEqual(resolve('src/b.ts', '/w/docs/x.md'), [], 'two would fit');
  assert.deepEqual(resolve('one/src/b.ts', '/w/docs/x.md'), ['/w/pkg/one/src/b.ts']);
  assert.deepEqual(resolve('b.ts', '/w/docs/x.md'), [], 'a bare name is too little');
  assert.deepEqual(resolve('../../../etc/passwd'), []);
  assert.deepEqual(resolve(''), []);
});

test('titles of three telling words are claims, shorter ones are headings', () => {
  assert.equal(claimOf('Add rate limiting to login routes'), 'rate limiting login routes');
  assert.equal(claimOf('Rate limiting on the login routes'), 'rate limiting login routes');
  assert.equal(claimOf('API documentation'), undefined);
  assert.equal(claimOf(''), undefined);
});
