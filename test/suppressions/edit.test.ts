import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applySuppressions, readSuppressions, suppressionEdit } from '#engine/suppressions/index.ts';
import { applyEdits, findingAt, KNOWN, sourceOf } from './sources.ts';

/** The text after suppressing `security/eval` at the first `@` of a text, which is taken out. */
function suppressed(path: string, marked: string, scope: 'line' | 'file', reason = 'ok'): string | undefined {
  const at = marked.indexOf('@');
  const text = marked.slice(0, at) + marked.slice(at + 1);
  const edits = suppressionEdit(sourceOf(path, text), findingAt(at, 'security/eval'), scope, reason);
  if (edits === undefined) return undefined;
  const after = applyEdits(text, edits, at);
  const left = applySuppressions(
    [findingAt(after.offset, 'security/eval')],
    readSuppressions(sourceOf(path, after.text)),
    {
      knownRules: KNOWN,
      complete: true,
    },
  );
  assert.deepEqual(left, [], after.text);
  return after.text;
}

const NEXT = 'airworthy-disable-next-line security/eval -- ok';
const LINE = 'airworthy-disable-line security/eval -- ok';
const FILE = 'airworthy-disable security/eval -- ok';

test('a comment for a line goes above it, indented as it is, with the line ends of the file', () => {
  const cases: readonly [string, string, string][] = [
    ['/a.ts', 'f();\n\t@g();\n', `f();\n\t// ${NEXT}\n\tg();\n`],
    ['/a.ts', 'f();\r\n  g(@a);\r\n', `f();\r\n  // ${NEXT}\r\n  g(a);\r\n`],
    ['/a.ts', '\ufeff@f();', `\ufeff// ${NEXT}\nf();`],
    ['/a.ts', '@Component({})\nclass A {}', `// ${NEXT}\nComponent({})\nclass A {}`],
    ['/a.ts', 'class A {\n  #x\n  @m() {}\n}', `class A {\n  #x\n  // ${NEXT}\n  m() {}\n}`],
    ['/a.ts', 'const a = `\n  b@\n`;\n', `// ${NEXT}\nconst a = \`\n  b\n\`;\n`],
    ['/a.ts', `f(\n  a,\n  \`b\n\${@c}\nd\`,\n);`, `f(\n  a,\n  // ${NEXT}\n  \`b\n\${c}\nd\`,\n);`],
    ['/a.ts', `const a = \`\${f(\`\n\${@b}\`)}\`;`, `// ${NEXT}\nconst a = \`\${f(\`\n\${b}\`)}\`;`],
    ['/a.ts', `const a = \`\${\n  @b\n}\`;`, `const a = \`\${\n  // ${NEXT}\n  b\n}\`;`],
    ['/a.ts', "const a = 'x\\\ny@';", `// ${NEXT}\nconst a = 'x\\\ny';`],
    ['/a.ts', '/*\n * @\n */\nf();', `// ${NEXT}\n/*\n * \n */\nf();`],
    ['/a.tsx', 'a = (\n  <b>\n    <c @/>\n  </b>\n);', `a = (\n  <b>\n    {/* ${NEXT} */}\n    <c />\n  </b>\n);`],
    ['/a.tsx', 'a = (\n  <b @/>\n);', `a = (\n  // ${NEXT}\n  <b />\n);`],
    ['/a.tsx', 'a = <b\n  c="@d"\n/>;', `a = <b\n  // ${NEXT}\n  c="d"\n/>;`],
    ['/a.tsx', 'a = <>\n  {@b}\n</>;', `a = <>\n  {/* ${NEXT} */}\n  {b}\n</>;`],
    ['/a.tsx', 'a = <>\n  {b(\n    @c)}\n</>;', `a = <>\n  {b(\n    // ${NEXT}\n    c)}\n</>;`],
    ['/a.tsx', 'a = <b>\n  one\n  two {@c}\n</b>;', `a = <b>\n  {/* ${NEXT} */}\n  one\n  two {c}\n</b>;`],
    ['/a.tsx', 'a = <b c="d\n@e" />;', `// ${NEXT}\na = <b c="d\ne" />;`],
    ['/tsconfig.json', '{\n  "@a": 1\n}', `{\n  // ${NEXT}\n  "a": 1\n}`],
    ['/a.yaml', 'a:\n  - @b\n', `a:\n  # ${NEXT}\n  - b\n`],
    ['/a.yaml', 'a:\n  - run: |\n      b\n      @c\n', `a:\n  # ${NEXT}\n  - run: |\n      b\n      c\n`],
    ['/a.yaml', 'a: "b\n  @c"\n', `# ${NEXT}\na: "b\n  c"\n`],
    ['/Dockerfile', '# escape=`\nRUN a `\n  && @b\n', `# escape=\`\nRUN a \`\n  # ${NEXT}\n  && b\n`],
    ['/Dockerfile', 'FROM a\nRUN <<E\n@b\nE\n', `FROM a\n# ${NEXT}\nRUN <<E\nb\nE\n`],
    ['/.env', 'A="b\n@c"\n', `# ${NEXT}\nA="b\nc"\n`],
    ['/a.html', '<a>\n  <b\n    @c="d"></b>\n</a>', `<a>\n  <!-- ${NEXT} -->\n  <b\n    c="d"></b>\n</a>`],
    ['/a.html', '<script>\n  @f();\n</script>', `<!-- ${NEXT} -->\n<script>\n  f();\n</script>`],
    ['/a.prisma', 'model A {\n  @b Int\n}\n', `model A {\n  // ${NEXT}\n  b Int\n}\n`],
    ['/a.md', '- [ ] a @b  \n- c\n', `- [ ] a b <!-- ${LINE} -->  \n- c\n`],
    ['/a.md', '|a|b|\n|-|-|\n|@c|d|\n', `|a|b|\n|-|-|\n|c|d <!-- ${LINE} --> |\n`],
    ['/a.md', 'x\n\n> ```sh\n> @y\n> ```\n', `x\n\n> <!-- ${NEXT} -->\n> \`\`\`sh\n> y\n> \`\`\`\n`],
    ['/a.md', '@[a]: b\n', `<!-- ${NEXT} -->\n[a]: b\n`],
  ];
  for (const [path, marked, expected] of cases) assert.equal(suppressed(path, marked, 'line'), expected, marked);
});

test('a comment for the file goes behind what must come first', () => {
  const cases: readonly [string, string, string][] = [
    ['/a.ts', '@f();\n', `// ${FILE}\nf();\n`],
    [
      '/a.ts',
      "#!/usr/bin/env node\r\n/* Copyright me */\r\n'use strict';\r\n@f();\r\n",
      `#!/usr/bin/env node\r\n/* Copyright me */\r\n'use strict';\r\n// ${FILE}\r\nf();\r\n`,
    ],
    ['/a.ts', "\ufeff'use client'\n'use strict'\n\n@f();", `\ufeff'use client'\n'use strict'\n// ${FILE}\n\nf();`],
    [
      '/a.ts',
      '// SPDX-License-Identifier: MIT\n// more\n@f();',
      `// SPDX-License-Identifier: MIT\n// more\n// ${FILE}\nf();`,
    ],
    ['/a.ts', '/** About f. */\nfunction @f() {}', `// ${FILE}\n/** About f. */\nfunction f() {}`],
    ['/a.ts', '/* About the file. */\n\n@f();', `/* About the file. */\n// ${FILE}\n\nf();`],
    ['/a.ts', '/* Copyright */ import {\n  @a } from "b";', `// ${FILE}\n/* Copyright */ import {\n  a } from "b";`],
    ['/a.tsx', "'use client'@", `'use client'\n// ${FILE}`],
    [
      '/Dockerfile',
      '# syntax=docker/dockerfile:1\n# escape=`\n@FROM a\n',
      `# syntax=docker/dockerfile:1\n# escape=\`\n# ${FILE}\nFROM a\n`,
    ],
    ['/a.yaml', '# yaml-language-server: $schema=x\n@a: b\n', `# yaml-language-server: $schema=x\n# ${FILE}\na: b\n`],
    ['/.env', '@A=b', `# ${FILE}\nA=b`],
    ['/a.html', '<!doctype html>\n<html>@</html>', `<!doctype html>\n<!-- ${FILE} -->\n<html></html>`],
    ['/a.md', '---\na: b\n---\n# @c\n', `---\na: b\n---\n<!-- ${FILE} -->\n# c\n`],
    ['/a.prisma', '@model A {}\n', `// ${FILE}\nmodel A {}\n`],
    ['/a.jsonc', '@{}', `// ${FILE}\n{}`],
  ];
  for (const [path, marked, expected] of cases) assert.equal(suppressed(path, marked, 'file'), expected, marked);
});

test('a docblock that sets the test environment stays first', () => {
  const text = '/**\n * @jest-environment node\n */\nf();\n';
  const edits = suppressionEdit(sourceOf('/a.ts', text), findingAt(text.indexOf('f()'), 'security/eval'), 'file', 'ok');
  assert.equal(applyEdits(text, edits ?? []).text, `/**\n * @jest-environment node\n */\n// ${FILE}\nf();\n`);
});

test('a rule is added to the comment that is there', () => {
  const other = 'testing/no-assertion';
  const cases: readonly [string, string][] = [
    [
      `// airworthy-disable-next-line ${other} -- why\n@f();`,
      `// airworthy-disable-next-line ${other}, security/eval -- why; ok\nf();`,
    ],
    [
      `// airworthy-disable-next-line ${other} -- ok\n// more\n@f();`,
      `// airworthy-disable-next-line ${other}, security/eval -- ok\n// more\nf();`,
    ],
    [
      `// airworthy-disable-next-line ${other}\n@f();`,
      `// airworthy-disable-next-line ${other}, security/eval -- ok\nf();`,
    ],
    [`@f(); /* airworthy-disable-line ${other} */`, `f(); /* airworthy-disable-line ${other}, security/eval -- ok */`],
    ['@f(); // airworthy-disable-line', 'f(); // airworthy-disable-line security/eval -- ok'],
  ];
  for (const [marked, expected] of cases) {
    const at = marked.indexOf('@');
    const text = marked.replace('@', '');
    const edits = suppressionEdit(sourceOf('/a.ts', text), findingAt(at, 'security/eval'), 'line', 'ok');
    assert.equal(applyEdits(text, edits ?? []).text, expected);
  }
  const file = `/* airworthy-disable ${other} -- why */\nf();`;
  const edits = suppressionEdit(sourceOf('/a.ts', file), findingAt(file.indexOf('f()'), 'security/eval'), 'file', 'ok');
  assert.equal(applyEdits(file, edits ?? []).text, `/* airworthy-disable ${other}, security/eval -- why; ok */\nf();`);
});

test('no edit where there are no comments, for findings about suppressions, and for what is suppressed already', () => {
  assert.equal(suppressed('/package.json', '{"@a": 1}', 'line'), undefined);
  assert.equal(suppressed('/package.json', '{"@a": 1}', 'file'), undefined);
  assert.equal(suppressed('/a.ts', `// ${NEXT}\n@f();`, 'line'), undefined);
  assert.equal(suppressed('/Dockerfile', '# syntax=@docker\nFROM a\n', 'line'), undefined);
  assert.equal(suppressed('/a.ts', '#!/usr/bin/@env node\nf();', 'line'), undefined);
  const note = findingAt(0, 'airworthy/unused-suppression');
  assert.equal(suppressionEdit(sourceOf('/a.ts', 'f();'), note, 'line', 'ok'), undefined);
});

test('a reason cannot end its comment or its line', () => {
  assert.equal(
    suppressed('/a.tsx', 'a = <b>\n  {@c}\n</b>;', 'line', 'x */} \n y'),
    'a = <b>\n  {/* airworthy-disable-next-line security/eval -- x * /} y */}\n  {c}\n</b>;',
  );
  assert.equal(
    suppressed('/a.html', '@<p>', 'line', 'a --> b'),
    '<!-- airworthy-disable-next-line security/eval -- a → b -->\n<p>',
  );
  assert.equal(
    suppressed('/a.md', '|a|\n|-|\n|@b|\n', 'line', 'x|y'),
    '|a|\n|-|\n|b <!-- airworthy-disable-line security/eval -- x/y --> |\n',
  );
});
