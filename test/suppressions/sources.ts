import type { Finding, TextEdit } from '#engine/api/finding.ts';
import { parseSource, sourceKind } from '#engine/document/sourceKind.ts';
import { WordPlaces } from '#engine/document/wordPlaces.ts';
import { languageOfPath, parseFormat } from '#engine/formats/index.ts';
import type { SuppressionSource } from '#engine/suppressions/index.ts';

/** A document with its tree, as the workspace would hand it over. */
export function sourceOf(path: string, text: string): SuppressionSource {
  const language = languageOfPath(path);
  if (language === undefined) throw new Error(path);
  const words = new WordPlaces();
  const placesOf = (word: string) => words.of(word, text);
  if (language !== 'source') return { path, text, language, document: parseFormat(language, text), placesOf };
  const kind = sourceKind(path);
  if (kind === undefined) throw new Error(path);
  return { path, text, language, file: parseSource(path, text, kind), placesOf };
}

export function findingAt(start: number, rule = 'security/csp-disabled', end = start + 1): Finding {
  return { rule, messageId: 'm', message: 'm', priority: 'P1', start, end, data: {}, related: [] };
}

export const KNOWN = new Set(['security/csp-disabled', 'security/eval', 'testing/no-assertion']);

/** Applies edits of one document, and tells where an offset went. */
export function applyEdits(text: string, edits: readonly TextEdit[], offset = 0): { text: string; offset: number } {
  let result = text;
  let moved = offset;
  for (const edit of [...edits].sort((a, b) => b.start - a.start)) {
    result = result.slice(0, edit.start) + edit.newText + result.slice(edit.end);
    if (edit.start <= offset) moved += edit.newText.length - (edit.end - edit.start);
  }
  return { text: result, offset: moved };
}

/** Programs with everything in which a comment cannot stand. */
export const SOURCES: readonly string[] = [
  `#!/usr/bin/env node
'use strict';
import { a } from 'b';
/** Doc. */
@Injectable({ scope: 'x' })
export class C<T extends \`p\${string}\`> {
  @Input()
  name = 'a\\
b';
  #secret = /[/]["'\`]/g;
  get(a?: number): string | undefined {
    // note
    return a! > 1 ? \`one \${this.name}
      two \${[1, 2].map((x) => \`
        three \${
          x /* y */
        }\`)} four\` : sql\`select
      1\`;
  }
}
label: for (const x of []) if (x) continue label; else { ; }
`,
  `const view = () => (
  <Layout title="a
    b" {...rest} on={() => { go(); }}>
    one
    two {three} four
    <>
      {list.map((item) => (
        <li key={item}
          // keep
          class={\`x
            \${item}\`}
        >
          {/* note */}
          &nbsp;{item}
        </li>
      ))}
    </>
    {cond ? <A /> : null}
  </Layout>
);
export default function f<T,>(x: T) { return <b>text</b>; }
`,
];
