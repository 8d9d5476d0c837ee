import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAnnotated } from './annotations.ts';

/** `messageId start-end` with the text it covers. */
function announced(source: string): readonly string[] {
  const { text, expectations } = parseAnnotated(source, 'a.ts');
  return expectations.map(({ messageId, start, end }) => `${messageId} ${JSON.stringify(text.slice(start, end))}`);
}

describe('fixture comments', () => {
  it('announce exact columns of the line above and are taken out', () => {
    const source = 'const a = 1;\n  call(a, b);\n  //   ^ expect: first\n  //      ^ expect: second\ndone();\n';
    assert.deepEqual(announced(source), ['first "a"', 'second "b"']);
    assert.equal(parseAnnotated(source, 'a.ts').text, 'const a = 1;\n  call(a, b);\ndone();\n');
  });

  it('reach columns under the comment mark with < and with numbers', () => {
    assert.deepEqual(announced('  open(1);\n  // <^^^^ expect: all\n  // @3-6 expect: name\n'), [
      'all "open(1);"',
      'name "open"',
    ]);
  });

  it('may give the start alone', () => {
    const [expectation] = parseAnnotated('open(\n// <… expect: many\n  1);\n', 'a.ts').expectations;
    assert.deepEqual([expectation?.start, expectation?.end], [0, undefined]);
    const [caret] = parseAnnotated('await open(\n//    ^… expect: many\n  1);\n', 'a.ts').expectations;
    assert.deepEqual([caret?.start, caret?.end], [6, undefined]);
  });

  it('work in every comment style', () => {
    assert.deepEqual(announced('USER root\n#    ^^^^ expect: root\n'), ['root "root"']);
    assert.deepEqual(announced('<input class="a">\n<!--   ^^^^^ expect: html -->\n'), ['html "class"']);
    assert.deepEqual(announced('       x\n/*     ^ expect: css */\n'), ['css "x"']);
    assert.deepEqual(announced('       <b/>\n{/*    ^^^^ expect: jsx */}\n'), ['jsx "<b/>"']);
  });

  it('stay in place inside a template literal', () => {
    const source = 'const html = `\n  <iframe sandbox>\n  //      ^^^^^^^ expect: bare\n`;\n';
    assert.deepEqual(announced(source), ['bare "sandbox"']);
    assert.equal(parseAnnotated(source, 'a.ts').text, 'const html = `\n  <iframe sandbox>\n`;\n');
  });

  it('can ask for placeholder values', () => {
    const { expectations } = parseAnnotated('  a();\n  //<^ expect: x {"name": "a", "count": 2}\n', 'a.ts');
    assert.deepEqual(expectations[0]?.data, { name: 'a', count: 2 });
  });

  it('read Windows line ends as any other', () => {
    assert.deepEqual(announced('  a();\r\n  //<^ expect: x\r\n'), ['x "a();"']);
  });

  it('set path, options, packages and misses in the first lines only', () => {
    const source =
      '// path: src/a.test.ts\n// options: {"limit": 2}\n// packages: {"express":"^4.18.0"}\n// miss: too far away\ncode();\n// path: no\n';
    const { directives, text } = parseAnnotated(source, 'a.ts');
    assert.deepEqual(directives, {
      path: 'src/a.test.ts',
      options: { limit: 2 },
      packages: { express: '^4.18.0' },
      miss: 'too far away',
    });
    assert.equal(text, 'code();\n// path: no\n');
    assert.equal(parseAnnotated('# path: Dockerfile\nFROM a\n', 'a').directives.path, 'Dockerfile');
    assert.equal(parseAnnotated('<!-- miss: x y -->\n<p>\n', 'a').directives.miss, 'x y');
  });

  it('are refused when they are misspelt or point nowhere', () => {
    assert.throws(() => parseAnnotated('a();\n// ^^ expects: x\n', 'a.ts'), /a\.ts:2: not an expectation/);
    assert.throws(() => parseAnnotated('a();\n//           ^^ expect: x\n', 'a.ts'), /a\.ts:2: .*behind the end/);
    assert.throws(() => parseAnnotated('// ^^ expect: x\na();\n', 'a.ts'), /a\.ts:1: there is no line above/);
    assert.throws(() => parseAnnotated('// options: {x}\na();\n', 'a.ts'), /a\.ts:1: .*JSON/);
  });
});
