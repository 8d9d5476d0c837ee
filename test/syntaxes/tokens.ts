import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const syntaxes = new URL('../../syntaxes/', import.meta.url);

/** A host language, as a TextMate grammar in JSON, just enough to be injected into. */
export interface HostLanguage {
  readonly scopeName: string;
}

/** Text and innermost scope of a token, with all scopes around it. */
export interface Token {
  readonly text: string;
  readonly scope: string;
  readonly scopes: readonly string[];
}

/** Tokenizes lines of a host language into which grammars of this extension are injected. */
export async function tokenizer(host: HostLanguage, files: readonly string[]): Promise<(text: string) => Token[]> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const injected = new Map(
    files.map((file) => {
      const text = readFileSync(new URL(file, syntaxes), 'utf8');
      const { scopeName } = JSON.parse(text) as { scopeName: string };
      return [scopeName, textmate.parseRawGrammar(text, file)];
    }),
  );
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      scope === host.scopeName
        ? textmate.parseRawGrammar(JSON.stringify(host), 'host.json')
        : (injected.get(scope) ?? null),
    getInjections: (scope) => (scope === host.scopeName ? [...injected.keys()] : undefined),
  });
  const grammar = await registry.loadGrammar(host.scopeName);
  assert.ok(grammar);
  return (text) => {
    let state = textmate.INITIAL;
    return text.split('\n').flatMap((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        scope: scopes.at(-1) ?? '',
        scopes,
      }));
    });
  };
}

/** Tokens that the injections coloured, without the extension's name. */
export function coloured(tokens: readonly Token[]): Readonly<Record<string, string>> {
  const own = tokens.flatMap(({ text, scopes }) => {
    const scope = scopes.findLast((name) => name.endsWith('.airworthy'));
    return scope === undefined ? [] : [[text, scope.replace('.airworthy', '')] as const];
  });
  return Object.fromEntries(own);
}
