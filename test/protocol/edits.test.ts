import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Diagnostic, TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { random } from '../formats/mutate.ts';
import type { Client } from './support/client.ts';
import { start } from './support/start.ts';

const pieces = [
  'danger(1);',
  'danger(danger(2));\n',
  "register('one');\n",
  "register('two');",
  'fragile(3);\n',
  "fragile('text');\n",
  'function f(a: number) {\n  danger(a);\n  return fragile(a);\n}\n',
  'const g = (b: string) => danger(b);\n',
  'import { x } from "./b";\n',
  '\u{1F680}',
  '// \u{1F468}\u200D\u{1F469} note\n',
  '\r\n',
  '\n',
  '{',
  '}',
  '(',
  ')',
  '`',
  '/*',
  '*/',
  '"',
  '${',
  ';',
];

const seedText = "declare function fragile(x: unknown): void;\ndanger(0);\nregister('one');\nfragile(1);\n".repeat(10);

/** One change as a person, a paste or a formatter makes it. Texts stay between some lines and some hundred. */
function randomChange(document: TextDocument, next: (limit: number) => number): TextDocumentContentChangeEvent {
  const text = document.getText();
  if (next(400) === 0) return { text: text.slice(0, next(text.length)) + seedText };
  const start = next(text.length + 1);
  const end = Math.min(text.length, start + (next(3) === 0 ? next(text.length > 6000 ? 400 : 40) : 0));
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  return { range, text: pieces[next(pieces.length)] ?? '' };
}

function shown(client: Client, uri: string): readonly Omit<Diagnostic, 'data'>[] {
  return client.diagnostics(uri).map(({ data: _, ...rest }) => rest);
}

describe('ten thousand edits', { timeout: 600_000 }, () => {
  it('leave the diagnostics that a new server finds in the final texts', async (t) => {
    const { client, folder } = await start(t);
    const uris = [folder.uri('a.ts'), folder.uri('b.ts')];
    for (const uri of uris) client.open(uri, seedText);
    const next = random(20_26);
    for (let edit = 0; edit < 10_000; edit++) {
      const uri = uris[next(2)] ?? '';
      if (next(1000) === 0) {
        const text = client.document(uri).getText();
        client.close(uri);
        client.open(uri, text, next(50));
      }
      const changes: TextDocumentContentChangeEvent[] = [randomChange(client.document(uri), next)];
      client.change(uri, changes);
      // Mostly bursts, now and then a pause in which lanes begin to run.
      if (next(20) === 0) await new Promise((resolve) => setTimeout(resolve, next(40)));
    }
    await client.quiet(2000);

    const fresh = await start(t, { folders: [folder] });
    for (const uri of uris) fresh.client.open(uri, client.document(uri).getText());
    await fresh.client.quiet(2000);
    let findings = 0;
    for (const uri of uris) {
      assert.deepEqual(shown(client, uri), shown(fresh.client, uri));
      findings += shown(client, uri).length;
    }
    assert.ok(findings > 0, 'the final texts have findings to compare');
  });
});
