import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { register, rule } from '#api';
import { atOnce, findingLines, root, workspaceOver } from './workspaceKit.ts';

const path = `${root}/src/a.tsx`;

/** comment: what somebody wants to come back to. */
const later = register(
  'reliability',
  'probe-later',
  rule({
    meta: { priority: 'P3', since: 'next', summary: 'A probe.', topics: [], messages: { later: '{text}' } },
    options: z.strictObject({}),
    comment: {
      holding: ['LATER', '@later'],
      check(comment, ctx) {
        ctx.report(comment, 'later', { text: comment.text });
      },
    },
  }),
);

const texts = async (text: string): Promise<readonly string[]> => {
  const workspace = workspaceOver(new Map(), [later]);
  workspace.open(path, 'typescriptreact', 1, text);
  await workspace.analyze(path, 'syntax', atOnce);
  return workspace.findings(path).map((finding) => {
    assert.equal(text.slice(finding.start, finding.end), finding.message);
    return finding.message;
  });
};

describe('checks of comments', () => {
  it('see every comment that holds one of their words, once', async () => {
    const text = 'f(/* LATER */); // LATER or @later\n/**\n * LATER\n */\nconst a = 1;\n// @later, at the end';
    assert.deepEqual(await texts(text), [
      '/* LATER */',
      '// LATER or @later',
      '/**\n * LATER\n */',
      '// @later, at the end',
    ]);
  });

  it('see nothing in texts, templates, expressions and JSX', async () => {
    const template = `\`/* LATER $${'{'}1 /* LATER too */} */\``;
    const text = `const a = "// LATER" + ${template} + /LATER/.source;\nconst b = <p>// LATER</p>;\n`;
    assert.deepEqual(await texts(text), ['/* LATER too */']);
  });

  it('see what other comments say on the lines around', async () => {
    const beside = register(
      'reliability',
      'probe-beside',
      rule({
        meta: { priority: 'P3', since: 'next', summary: 'A probe.', topics: [], messages: { beside: '{texts}' } },
        options: z.strictObject({}),
        comment: {
          holding: ['LATER'],
          check: (comment, ctx) => ctx.report(comment, 'beside', { texts: comment.beside.join(' + ') }),
        },
      }),
    );
    const besideOf = async (text: string): Promise<readonly string[]> => {
      const workspace = workspaceOver(new Map(), [beside]);
      workspace.open(path, 'typescriptreact', 1, text);
      await workspace.analyze(path, 'syntax', atOnce);
      return workspace.findings(path).map(({ message }) => message);
    };
    assert.deepEqual(await besideOf('// why\n  // LATER\nf();'), ['// why']);
    assert.deepEqual(await besideOf('/* why\n */\r\n// LATER\r\n/* how */ f();'), ['/* why\n */ + /* how */']);
    assert.deepEqual(await besideOf('const a = <p>\n{/* why */}\n{/* LATER */}\n</p>;'), ['']);
    assert.deepEqual(await besideOf('f(); // why\n// LATER\n\n// not this'), ['']);
    assert.deepEqual(await besideOf('// not this\n\n// LATER\nf("// nor this");'), ['']);
  });

  it('say after edits what they say of the text from nothing', async () => {
    const workspace = workspaceOver(new Map(), [later]);
    let text = 'const a = 1;\n// LATER\nconst b = 2;\n';
    workspace.open(path, 'typescript', 1, text);
    await findingLines(workspace, path);
    const insert = async (version: number, line: number, character: number, added: string): Promise<void> => {
      const at = { line, character };
      workspace.change(path, version, [{ range: { start: at, end: at }, text: added }]);
      const lines = text.split('\n');
      lines[line] = `${lines[line]?.slice(0, character)}${added}${lines[line]?.slice(character)}`;
      text = lines.join('\n');
      const fresh = workspaceOver(new Map(), [later]);
      fresh.open(path, 'typescript', 1, text);
      assert.deepEqual(await findingLines(workspace, path), await findingLines(fresh, path), text);
    };
    await insert(2, 0, 0, '/* ');
    await insert(3, 2, 12, ' // LATER still');
    await insert(4, 1, 0, '*/ ');
    await insert(5, 0, 0, '`');
  });
});
