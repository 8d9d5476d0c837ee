import type { TextEdit } from 'vscode-languageclient';
import { TextDocument } from 'vscode-languageserver-textdocument';

/**
 * Bytes of a file after edits of its text; all others stay as they are: line ends, byte order mark, a missing last line
 * end. `undefined` when the bytes are not UTF-8, so that they would not survive being read as text.
 */
export function editBytes(bytes: Uint8Array, edits: readonly TextEdit[]): Uint8Array | undefined {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!isSame(new TextEncoder().encode(text), bytes)) return undefined;
  const document = TextDocument.create('', '', 0, text);
  return new TextEncoder().encode(TextDocument.applyEdits(document, [...edits]));
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
