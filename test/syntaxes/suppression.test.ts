import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coloured, tokenizer } from './tokens.ts';

/** A host language of comments and code, just enough to be injected into. */
const hostLanguage = {
  scopeName: 'source.host',
  patterns: [
    { name: 'comment.line', match: '#.*$' },
    { name: 'comment.line', begin: '//', end: '$' },
    { name: 'comment.block', begin: '/\\*', end: '\\*/' },
    { name: 'string.quoted', begin: '"', end: '"' },
  ],
};

async function colours(line: string): Promise<Readonly<Record<string, string>>> {
  return coloured((await tokenizer(hostLanguage, ['suppression.tmLanguage.json']))(line));
}

test('colours keyword, rules and reason of a suppression', async () => {
  assert.deepEqual(await colours('// airworthy-disable-next-line security/no-eval, data -- input is ours'), {
    'airworthy-disable-next-line': 'keyword.other.suppression',
    security: 'entity.name.namespace.category',
    '/': 'punctuation.separator.rule',
    'no-eval': 'entity.name.tag.rule',
    data: 'entity.name.namespace.category',
    '--': 'punctuation.separator.reason',
    'input is ours': 'string.unquoted.reason',
  });
});

test('ends with a block comment', async () => {
  assert.deepEqual(await colours('/* airworthy-disable data -- why */ const data = 1;'), {
    'airworthy-disable': 'keyword.other.suppression',
    data: 'entity.name.namespace.category',
    '--': 'punctuation.separator.reason',
    why: 'string.unquoted.reason',
  });
});

test('leaves strings, code and other comments alone', async () => {
  for (const line of [
    '"airworthy-disable data"',
    'airworthy-disable data',
    '// security/no-eval',
    '# airworthy-disabled x',
  ]) {
    assert.deepEqual(await colours(line), {}, line);
  }
});
