import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const grammarPath = fileURLToPath(new URL('../../syntaxes/suppression.tmLanguage.json', import.meta.url));

/** A host language of comments and code, just enough to be injected into. */
const hostLanguage = JSON.stringify({
  scopeName: 'source.host',
  patterns: [
    { name: 'comment.line', match: '#.*$' },
    { name: 'comment.line', begin: '//', end: '$' },
    { name: 'comment.block', begin: '/\\*', end: '\\*/' },
    { name: 'string.quoted', begin: '"', end: '"' },
  ],
});

async function tokenize(line: string): Promise<readonly (readonly [text: string, scope: string])[]> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      scope === 'source.host'
        ? textmate.parseRawGrammar(hostLanguage, 'host.json')
        : textmate.parseRawGrammar(readFileSync(grammarPath, 'utf8'), grammarPath),
    getInjections: () => ['airworthy.suppression.injection'],
  });
  const grammar = await registry.loadGrammar('source.host');
  assert.ok(grammar);
  return grammar
    .tokenizeLine(line, textmate.INITIAL)
    .tokens.map(({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex), scopes.at(-1) ?? ''] as const);
}

/** Tokens that the injection coloured. */
async function coloured(line: string): Promise<Readonly<Record<string, string>>> {
  const own = (await tokenize(line)).filter(([, scope]) => scope.endsWith('.airworthy'));
  return Object.fromEntries(own.map(([text, scope]) => [text, scope.replace('.airworthy', '')]));
}

test('colours keyword, rules and reason of a suppression', async () => {
  assert.deepEqual(await coloured('// airworthy-disable-next-line security/no-eval, data -- input is ours'), {
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
  assert.deepEqual(await coloured('/* airworthy-disable data -- why */ const data = 1;'), {
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
    assert.deepEqual(await coloured(line), {}, line);
  }
});
