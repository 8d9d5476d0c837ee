import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Lane } from '#engine/workspace/workspace.ts';
import { seeded } from '../../types/editFuzz.ts';
import { hostileWorkspace, MAX_SLICE, root } from './hostileWorkspace.ts';

const DEPTH = 5_000;
const DOLLAR = '$';
const times = (piece: string, count = DEPTH): string => piece.repeat(count);

/** A healthy text of each format, and what people and programs do to it. */
const FORMATS: Readonly<
  Record<string, { readonly healthy: string; readonly hostile: Readonly<Record<string, string>> }>
> = {
  'data.json': {
    healthy: '{ "a": [1, true, null, "x"], "b": { "c": 1.5 } }\n',
    hostile: {
      'nested arrays': `${times('[\n')}${times(']\n')}`,
      'nested objects': `${times('{"a":\n')}1${times('}\n')}`,
      'unclosed brackets': times('[{"a":\n'),
      'an unclosed string': '{"a": "b\n, "c": 1}',
      'half an escape': '{"a": "\\u12',
      'the same key again and again': `{${times('"a": 1,\n')}"a": 2}`,
      'special keys': '{"__proto__": {"constructor": 1}, "toString": 2, "": 3}',
      'numbers without end': `[${times('9')}, 1e${times('9')}, -, 0x, NaN]`,
    },
  },
  'package.json': {
    healthy: '{ "name": "a", "dependencies": { "express": "^4.0.0" }, "scripts": { "start": "node a.js" } }\n',
    hostile: {
      'a list': '[]',
      'a text': '"package"',
      nothing: '',
      'odd shapes': '{ "dependencies": [1], "scripts": "x", "workspaces": { "a": 1 }, "engines": null, "jest": 7 }',
      'many scripts': `{ "scripts": {${times('"a": "b && c",\n')}"z": "" } }`,
    },
  },
  '.github/workflows/ci.yml': {
    healthy: 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n',
    hostile: {
      'nested lists': Array.from({ length: 600 }, (_, n) => `${times(' ', n)}-`).join('\n'),
      'nested flow lists': times('['),
      'nested maps': Array.from({ length: 600 }, (_, n) => `${times(' ', n)}a:`).join('\n'),
      'aliases of aliases': Array.from(
        { length: 30 },
        (_, n) => `a${n}: &a${n} [${n === 0 ? '1' : times(`*a${n - 1}, `, 9)}]`,
      ).join('\n'),
      'an alias of itself': 'a: &a [*a]\nb: &b { c: *b, <<: *b }\n',
      'an unknown alias': 'jobs: *nothing\n',
      tabs: 'a:\n\t- b\n\t\tc: d\n',
      'an unclosed quote': 'a: "b\n c: \'d\n',
      'a block text without end': `a: |\n${times('  b\n')}`,
      'odd shapes': 'on: [1, {a: b}]\njobs:\n  - a\n  - steps: text\npermissions: 7\n',
      documents: times('---\na: 1\n'),
      'complex keys': '? [a, b]\n: c\n? {d: e}\n: ? f\n',
      'a merge conflict': 'a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n',
    },
  },
  Dockerfile: {
    healthy: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n',
    hostile: {
      'lines that go on': `RUN a ${times('\\\n')}`,
      'a heredoc without end': `FROM a\nRUN <<EOF\n${times('b\n')}`,
      'heredocs on one line': `RUN ${times('<<A ', 500)}\n`,
      'an exec form without end': 'FROM node\nCMD ["a", "b',
      'no instruction': 'FROM\nCOPY\nRUN\nENV\nUSER\nEXPOSE\n',
      'unknown instructions': times('WHAT is this\n'),
      'stages of stages': Array.from({ length: 2_000 }, (_, n) => `FROM s${n} AS s${n + 1}`).join('\n'),
      'a stage of itself': 'FROM a AS a\nCOPY --from=a . .\n',
    },
  },
  'index.html': {
    healthy: '<!doctype html>\n<html><body><iframe src="a" sandbox=""></iframe></body></html>\n',
    hostile: {
      'nested elements': times('<div>\n'),
      'closing tags only': times('</div>\n'),
      'an unclosed tag': '<div a="b" c',
      'an unclosed attribute': '<iframe sandbox="allow-scripts\n<p>',
      'an unclosed comment': `<!-- ${times('-')}`,
      'an unclosed script': `<script>${times('</scrip\n')}`,
      'many attributes': `<iframe ${times('sandbox="allow-scripts"\n')}>`,
      'nested tables': times('<table><tr><td>\n'),
      'odd names': '<\u0000a><é></é><a:b c:d=e><1>',
    },
  },
  'README.md': {
    healthy: '# A\n\n- [ ] b\n- [x] c `d`\n\n```ts\ne();\n```\n',
    hostile: {
      'nested quotes': times('> ', 2_000),
      'nested lists': Array.from({ length: 600 }, (_, n) => `${times('  ', n)}- a`).join('\n'),
      'unclosed brackets': times('['),
      'unclosed links': times('[a](\n'),
      'unclosed emphasis': times('*a **b _c\n'),
      'an unclosed fence': `\`\`\`\`${times('\n```\n')}`,
      'a wide table': `|${times('a|', 2_000)}\n|${times('-|', 2_000)}\n`,
      'nested HTML': times('<div>\n'),
      definitions: times('[a]: b\n'),
      'a checklist without end': times('- [ ] a\n'),
    },
  },
  '.env': {
    healthy: `# a\nA=b\nexport C="d ${DOLLAR}{A}"\n`,
    hostile: {
      'an unclosed quote': `A="${times('b\n')}`,
      'no names': times('=b\n'),
      'no values': times('A=\n'),
      'one name again and again': times('A=b\n'),
      references: `A=${DOLLAR}{B}\nB=${DOLLAR}{A}\nC=${times(`${DOLLAR}{`)}`,
      backslashes: `A="${times('\\')}`,
    },
  },
  'ci.sh': {
    healthy: '#!/bin/sh\nset -e\nnpm ci\nnpm test || true\n',
    hostile: {
      'an unclosed quote': `echo "${times('b\n')}`,
      'nested substitutions': `echo "${times('$(')}`,
      'heredocs without end': times('cat <<A\n'),
      'lines that go on': `npm test ${times('\\\n')}`,
      'a list without end': times('npm test || '),
      'unclosed blocks': times('if true; then\n'),
      'a script that calls itself': 'bash ci.sh\n./ci.sh\n',
    },
  },
  Makefile: {
    healthy: 'NPM = npm\ntest: lint\n\t-$(NPM) test\nlint:\n\teslint .\n',
    hostile: {
      'a target of itself': 'a: a\n\t$(MAKE) a\n',
      'many rules': times('a: b\n\tc\n'),
      'a variable of itself': 'A = $(A)$(A)\na:\n\t$(A)\n',
      'variables that grow': `${Array.from({ length: 60 }, (_, n) => `V${n} = $(V${n + 1})$(V${n + 1})`).join('\n')}\na:\n\t$(V0)\n`,
      'unclosed conditions': times('ifdef A\n'),
      'an unclosed definition': `define A\n${times('a: b\n')}`,
      'lines that go on': `a: ${times('\\\n')}`,
      'an include of itself': 'include Makefile\ninclude *.mk $(X)\n',
      'many prerequisites': `a: ${times('b ')}\n`,
    },
  },
  'schema.prisma': {
    healthy: 'model User {\n  id Int @id\n  name String? @db.VarChar(20)\n}\n',
    hostile: {
      'unclosed blocks': times('model A {\n'),
      'nested parentheses': `model A {\n  a Int ${times('@a(')}\n}\n`,
      'many fields': `model A {\n${times('  a Int\n')}}\n`,
      'an unclosed text': 'datasource db {\n  url = "a\n}\n',
      'a relation with itself': 'model A {\n  a A @relation(fields: [a], references: [a])\n}\n',
      'no names': times('model {}\n'),
    },
  },
};

/** True of every format. */
const ANYWHERE: Readonly<Record<string, string>> = {
  nothing: '',
  'white space': times(' \t\n'),
  'a byte order mark': '\ufeff',
  'lone surrogates': '\ud800\udc00\ud800 \udfff',
  'CR line ends': 'a\r"b"\r',
  'all line ends': 'a: 1\r\nb: 2\rc: 3\n',
  'control characters': '\u0001\u0002\u001b\u007f\u0085\u2028',
  'conflict markers': '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n',
};

describe('text formats', () => {
  for (const [file, { healthy, hostile: texts }] of Object.entries(FORMATS)) {
    for (const [name, text] of Object.entries({ ...ANYWHERE, ...texts })) {
      it(`${file}: ${name}`, async () => {
        const path = `${root}/${file}`;
        const hostile = hostileWorkspace();
        const { workspace } = hostile;
        workspace.open(path, 'plaintext', 1, text);
        await hostile.check(path);
        workspace.change(path, 2, [{ text: `${healthy}${text}` }]);
        await hostile.check(path);
        workspace.change(path, 3, [{ text: healthy }]);
        const findings = await hostile.check(path);
        const fresh = hostileWorkspace();
        fresh.workspace.open(path, 'plaintext', 1, healthy);
        assert.deepEqual(findings, await fresh.check(path));
        assert.deepEqual([workspace.failures(), workspace.skipped()], [[], []]);
        assert.ok(hostile.longest.ms < MAX_SLICE, `${hostile.longest.what} took ${hostile.longest.ms} ms`);
      });
    }

    it(`${file}: any edit of any version equals a fresh run`, async () => {
      const path = `${root}/${file}`;
      const random = seeded(7);
      const hostile = hostileWorkspace();
      const { workspace } = hostile;
      const pieces = [
        ...healthy,
        ...Object.values(ANYWHERE),
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '`',
        '<',
        '>',
        '#',
        '\\',
        ':',
      ];
      workspace.open(path, 'plaintext', 1, healthy);
      for (let version = 2; version < 300; version++) {
        const lines = (workspace.text(path) ?? '').split('\n').length;
        const place = () => ({ line: Math.floor(random() * lines), character: Math.floor(random() * 30) });
        const start = place();
        const end = random() < 0.8 ? start : place();
        const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
        workspace.change(path, version, [{ range: { start, end }, text: piece.slice(0, 20) }]);
        await hostile.check(path);
        if (version % 20 > 0) continue;
        const fresh = hostileWorkspace();
        fresh.workspace.open(path, 'plaintext', version, workspace.text(path) ?? '');
        assert.deepEqual(workspace.findings(path), await fresh.check(path));
      }
      assert.deepEqual(workspace.failures(), []);
    });
  }

  it('are skipped with a note when they hold NULs', async () => {
    for (const file of Object.keys(FORMATS)) {
      const path = `${root}/${file}`;
      const hostile = hostileWorkspace();
      hostile.workspace.open(path, 'plaintext', 1, 'a\u0000b');
      assert.deepEqual(await hostile.check(path), []);
      assert.deepEqual(
        hostile.workspace.skipped().map(({ reason }) => reason),
        ['binary'],
        file,
      );
    }
  });

  it('survive being closed, deleted and opened again while a lane is paused', async () => {
    for (const lane of ['syntax', 'types', 'project'] satisfies readonly Lane[]) {
      for (const [file, { healthy }] of Object.entries(FORMATS)) {
        const path = `${root}/${file}`;
        const hostile = hostileWorkspace({ files: { [path]: healthy } });
        const { workspace, host } = hostile;
        workspace.refresh([path]);
        workspace.open(path, 'plaintext', 1, healthy);
        await hostile.run(path, lane, () => {
          host.remove(path);
          workspace.close(path);
          workspace.remove([path]);
        });
        workspace.open(path, 'plaintext', 1, '');
        await hostile.check(path);
        assert.deepEqual(workspace.failures(), []);
      }
    }
  });
});
