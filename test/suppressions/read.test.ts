import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applySuppressions, readSuppressions } from '#engine/suppressions/index.ts';
import { findingAt, KNOWN, sourceOf } from './sources.ts';

/** Kinds and rules of the suppressions of a text. */
const read = (path: string, text: string) =>
  readSuppressions(sourceOf(path, text)).items.map(({ kind, rules, reason }) => [
    kind,
    rules.map(({ name }) => name).join(),
    reason?.text,
  ]);

test('reads the three kinds in the comments of every format', () => {
  const both = 'security/eval, testing/no-assertion -- because';
  const expected = (kind: string) => [[kind, 'security/eval,testing/no-assertion', 'because']];
  const cases: readonly [string, string, string][] = [
    ['/a.ts', `// airworthy-disable-next-line ${both}\nx;`, 'next-line'],
    ['/a.ts', `x; // airworthy-disable-line ${both}`, 'line'],
    ['/a.ts', `/* airworthy-disable ${both} */\nx;`, 'file'],
    ['/a.ts', `/**\n * airworthy-disable ${both}\n */\nx;`, 'file'],
    ['/a.ts', `f(a /* airworthy-disable-line ${both} */, b);`, 'line'],
    ['/a.ts', `if (a) { /* airworthy-disable-line ${both} */ }`, 'line'],
    ['/a.ts', `f({ // airworthy-disable-line ${both}\n});`, 'line'],
    ['/a.ts', `x;\n// airworthy-disable ${both}`, 'file'],
    ['/a.ts', `\`\${ /* airworthy-disable-line ${both} */ a }\`;`, 'line'],
    ['/a.tsx', `<a>{/* airworthy-disable-next-line ${both} */}</a>;`, 'next-line'],
    ['/a.tsx', `<a\n// airworthy-disable-next-line ${both}\nb="c" />;`, 'next-line'],
    ['/a.tsx', `<a\n// airworthy-disable-next-line ${both}\n></a>;`, 'next-line'],
    ['/a.jsx', `<a>{b // airworthy-disable-line ${both}\n}</a>;`, 'line'],
    ['/a.jsonc', `{ // airworthy-disable-line ${both}\n}`, 'line'],
    ['/a.yaml', `a: b # airworthy-disable-line ${both}\n`, 'line'],
    ['/Dockerfile', `# airworthy-disable-next-line ${both}\nFROM a\n`, 'next-line'],
    ['/.env', `A=b # airworthy-disable-line ${both}\n`, 'line'],
    ['/a.html', `<!-- airworthy-disable ${both} --><p>`, 'file'],
    ['/a.md', `text <!-- airworthy-disable-line ${both} -->\n`, 'line'],
    ['/a.prisma', `// airworthy-disable-next-line ${both}\nmodel A {}\n`, 'next-line'],
  ];
  for (const [path, text, kind] of cases) assert.deepEqual(read(path, text), expected(kind), text);
});

test('strings, templates, JSX text, regular expressions and scalars are no comments', () => {
  const comment = '// airworthy-disable-line security/eval -- x';
  const cases: readonly [string, string][] = [
    ['/a.ts', `const a = "${comment}";`],
    ['/a.ts', `const a = \`${comment}\`;`],
    ['/a.ts', `const a = \`\${b} ${comment} \${c}${comment}\`;`],
    ['/a.ts', `type A = \`${comment}\${B}\`;`],
    ['/a.ts', 'const a = /[/][/] airworthy-disable-line security-eval/;'],
    ['/a.tsx', `<a>${comment}</a>;`],
    ['/a.tsx', `<a b="${comment}" />;`],
    ['/a.ts', '// see airworthy-disable-line security/eval'],
    ['/a.ts', '// airworthy-disable-lines security/eval'],
    ['/package.json', `{"a": "${comment}"}`],
    ['/a.yaml', 'a: |\n  # airworthy-disable-line security/eval\n'],
    ['/a.yaml', 'a: "# airworthy-disable-line security/eval"\n'],
    ['/Dockerfile', 'RUN <<E\n# airworthy-disable-line security/eval\nE\n'],
    ['/.env', 'A="# airworthy-disable-line security/eval"\n'],
    [
      '/a.html',
      '<p title="<!-- airworthy-disable-line security/eval -->"><script>"<!-- airworthy-disable -->"</script>',
    ],
    ['/a.md', '`<!-- airworthy-disable-line security/eval -->`\n\n    <!-- airworthy-disable -->\n'],
  ];
  for (const [path, text] of cases) assert.deepEqual(read(path, text), [], text);
});

test('a reason is what follows two dashes; names are cut at their first word', () => {
  const cases: readonly [string, readonly unknown[]][] = [
    ['security/eval -- a -- b', ['next-line', 'security/eval', 'a -- b']],
    ['security/eval --', ['next-line', 'security/eval', undefined]],
    ['security/eval because so', ['next-line', 'security/eval', undefined]],
    ['security/*,testing -- x', ['next-line', 'security,testing', 'x']],
    ['-- x', ['next-line', '', 'x']],
    [', ,security/eval,, --x', ['next-line', 'security/eval', 'x']],
  ];
  for (const [rest, expected] of cases) {
    assert.deepEqual(read('/a.ts', `// airworthy-disable-next-line ${rest}\n`), [expected], rest);
  }
});

/** Lines, counted from 0, of which findings are suppressed. */
function suppressedLines(path: string, text: string): number[] {
  const suppressions = readSuppressions(sourceOf(path, text));
  return text.split('\n').flatMap((line, index, lines) => {
    const start = lines.slice(0, index).join('\n').length + (index > 0 ? 1 : 0) + line.search(/\S|$/);
    const left = applySuppressions([findingAt(start, 'security/eval')], suppressions, {
      knownRules: KNOWN,
      complete: false,
    });
    return left.some(({ rule }) => rule === 'security/eval') ? [] : [index];
  });
}

test('the next line is the one behind further comments, and all of what begins on it and cannot hold a comment', () => {
  const next = 'airworthy-disable-next-line security/eval -- x';
  const cases: readonly [string, string, number[]][] = [
    ['/a.ts', `// ${next}\na;\nb;`, [1]],
    ['/a.ts', `// ${next}\r\n// more\r\n/**\r\n * doc\r\n */\r\na;\r\nb;`, [1, 2, 3, 4, 5]],
    ['/a.ts', `// ${next}\n\na;`, [1]],
    ['/a.ts', `class A {\n  // ${next}\n  #b = 1;\n  c;\n}`, [2]],
    ['/a.ts', `// ${next}\nf(\`a\nb\n\${c}\nd\`, \`e\nf\`);\ng;`, [1, 2, 3, 4, 5]],
    ['/a.ts', `// ${next}\nf({\n  a,\n});`, [1]],
    ['/a.tsx', `<a>\n  {/* ${next} */}\n  text\n  more\n  <b />\n</a>;`, [2, 3]],
    ['/a.yaml', `# ${next}\nrun: |\n  a\n  b\nc: d\n`, [1, 2, 3]],
    ['/Dockerfile', `# ${next}\nRUN <<E\na\nE\nRUN b\n`, [1, 2, 3]],
    ['/Dockerfile', `RUN a \\\n  # ${next}\n  && b \\\n  && c\n`, [2]],
    ['/.env', `# ${next}\nA="a\nb"\nC=d\n`, [1, 2]],
    ['/a.html', `<!-- ${next} -->\n<a\n  b="c">\n<script>\n  x\n</script>\n`, [1, 2]],
    ['/a.html', `<!-- ${next} -->\n<script>\n  x\n</script>\n<p>`, [1, 2, 3]],
    ['/a.md', `<!-- ${next} -->\n\`\`\`\nx\n\`\`\`\ny\n`, [1, 2, 3]],
    ['/a.md', `<!-- ${next} -->\n# title\ntext\n`, [1]],
    ['/a.prisma', `// ${next}\nmodel A {\n  b Int\n}\n`, [1]],
    ['/a.ts', `a; // ${next}`, []],
  ];
  for (const [path, text, lines] of cases) assert.deepEqual(suppressedLines(path, text), lines, text);
});

test('a line suppression covers its line, a file suppression all of it', () => {
  assert.deepEqual(suppressedLines('/a.ts', 'a;\nb; // airworthy-disable-line security/eval -- x\nc;'), [1]);
  assert.deepEqual(suppressedLines('/a.ts', 'a;\nb;\n// airworthy-disable security/eval -- x\n'), [0, 1, 2, 3]);
});

const rulesOf = (text: string, rules: readonly string[], complete: boolean, active?: ReadonlySet<string>) =>
  applySuppressions(
    rules.map((rule) => findingAt(text.lastIndexOf('x;'), rule)),
    readSuppressions(sourceOf('/a.ts', text)),
    { knownRules: KNOWN, complete, ...(active === undefined ? {} : { activeRules: active }) },
  ).map(({ rule, start, end }) => [rule, text.slice(start, end)]);

test('without a reason a suppression works and is reported', () => {
  assert.deepEqual(rulesOf('// airworthy-disable-next-line security/eval\nx;', ['security/eval'], true), [
    ['airworthy/suppression-without-reason', 'airworthy-disable-next-line'],
  ]);
});

test('what suppresses nothing is reported once all has been looked at, unless the rule is off', () => {
  const text = '// airworthy-disable-next-line security/eval, security/csp-disabled -- y\nx;';
  assert.deepEqual(rulesOf(text, ['security/eval'], false), []);
  assert.deepEqual(rulesOf(text, ['security/eval'], true), [['airworthy/unused-suppression', 'security/csp-disabled']]);
  assert.deepEqual(rulesOf(text, ['security/eval'], true, new Set(['security/eval'])), []);
  assert.deepEqual(rulesOf('// airworthy-disable security -- y\nx;', ['testing/no-assertion'], true), [
    ['testing/no-assertion', 'x'],
    ['airworthy/unused-suppression', 'security'],
  ]);
});

test('a suppression for the file is not used where one for the line does the work', () => {
  const text = '// airworthy-disable security -- y\n// airworthy-disable-next-line security/eval -- z\nx;';
  assert.deepEqual(rulesOf(text, ['security/eval'], true), [['airworthy/unused-suppression', 'security']]);
});

test('unknown names are reported with what may be meant', () => {
  const text = '// airworthy-disable-next-line security/evil, nonsense, airworthy/unused-suppression -- y\nx;';
  const notes = applySuppressions([], readSuppressions(sourceOf('/a.ts', text)), { knownRules: KNOWN, complete: true });
  assert.deepEqual(
    notes.map(({ rule, start, end }) => [rule, text.slice(start, end)]),
    ['security/evil', 'nonsense', 'airworthy/unused-suppression'].map((name) => ['airworthy/unknown-rule', name]),
  );
  assert.match(notes[0]?.message ?? '', /Did you mean "security\/eval"\?/);
  assert.deepEqual(rulesOf('// airworthy-disable -- y\nx;', [], true), [
    ['airworthy/unknown-rule', 'airworthy-disable'],
  ]);
});
