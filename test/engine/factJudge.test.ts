import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { oncePerScope, register, rule, ts } from '#api';
import { atOnce, findingLines, root, workspaceOver } from './workspaceKit.ts';

const path = `${root}/src/a.ts`;

/** How often the probe was asked, by the text of the fact. */
let asked: string[] = [];

/** Says of each call `use(x)` what the constant `x` holds, or what type of the file `use<T>()` names. */
const probe = register(
  'reliability',
  'probe-uses',
  rule({
    meta: {
      priority: 'P2',
      since: 'next',
      summary: 'A probe.',
      topics: [],
      messages: { holds: '{name} holds {text}', inClass: 'in {text}' },
    },
    options: z.strictObject({}),
    file: {
      collect: {
        CallExpression: (node): ts.CallExpression | undefined =>
          ts.isIdentifier(node.expression) && node.expression.text === 'use' ? node : undefined,
      },
      each(call, ctx) {
        asked.push(call.getText());
        const [value] = call.arguments;
        const [type] = call.typeArguments ?? [];
        if (value?.kind === ts.SyntaxKind.ThisKeyword) {
          const owner = ts.findAncestor(call, ts.isClassLike);
          if (owner === undefined) return;
          ctx.relyOn(owner);
          ctx.report(call, 'inClass', { text: owner.members.length });
        } else if (value !== undefined && ts.isIdentifier(value)) {
          const declaration = ctx.lookup(value);
          const held =
            declaration && ts.isVariableDeclaration(declaration) ? (declaration.initializer?.getText() ?? '') : '?';
          const related = declaration === undefined ? [] : [{ at: declaration, label: 'here' }];
          ctx.report(call, 'holds', { name: value.text, text: held }, { related });
        } else if (type !== undefined && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) {
          const text = ctx.lookupType(type.typeName)?.getText() ?? '?';
          ctx.report(call, 'holds', { name: type.typeName.text, text });
        }
      },
    },
  }),
);

/** Sums that a probe made, by function, and the lists of facts it was given. */
let summed: string[] = [];

/** Tells how many calls of `use` a function has, and how many there are in the whole file. */
const counter = register(
  'reliability',
  'probe-counts',
  rule({
    meta: {
      priority: 'P2',
      since: 'next',
      summary: 'A probe.',
      topics: [],
      messages: { together: '{count} of one function', all: '{count} of the file' },
    },
    options: z.strictObject({}),
    file: {
      collect: {
        CallExpression: (node): ts.CallExpression | undefined =>
          ts.isIdentifier(node.expression) && node.expression.text === 'use' ? node : undefined,
      },
      eachFunction(calls, ctx) {
        const [first] = calls;
        if (first !== undefined) ctx.report(first, 'together', { count: calls.length });
      },
      check(ctx) {
        const [first] = ctx.scope.all();
        if (first !== undefined) ctx.report(first, 'all', { count: countOf(ctx.scope) });
      },
    },
  }),
);

const countOf = oncePerScope<ts.CallExpression, number>((facts, inner) => {
  const [first] = facts;
  const around = first && ts.findAncestor(first, isFunctionWithName);
  summed.push(around?.name?.getText() ?? 'file');
  return inner.reduce((total, count) => total + count, facts.length);
});

function isFunctionWithName(node: ts.Node): node is ts.FunctionDeclaration | ts.MethodDeclaration {
  return ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
}

/** Types one text over another and compares with opening it afresh; gives the facts that were judged for it. */
async function judgedAfter(before: string, after: string, rules = [probe]): Promise<readonly string[]> {
  const workspace = workspaceOver(new Map(), rules);
  workspace.open(path, 'typescript', 1, before);
  await workspace.analyze(path, 'syntax', atOnce);
  asked = [];
  summed = [];
  const { start, end, text } = difference(before, after);
  workspace.change(path, 2, [{ range: { start: positionAt(before, start), end: positionAt(before, end) }, text }]);
  const incremental = await findingLines(workspace, path);
  const judged = [...asked, ...summed];
  const fresh = workspaceOver(new Map(), rules);
  fresh.open(path, 'typescript', 1, after);
  assert.deepEqual(incremental, await findingLines(fresh, path));
  const places = (of: typeof fresh) => of.findings(path).map(({ related }) => related.map(({ span }) => span.start));
  assert.deepEqual(places(workspace), places(fresh));
  return judged;
}

function difference(before: string, after: string): { start: number; end: number; text: string } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

function positionAt(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

describe('facts that are judged one by one', () => {
  const text = 'const a = 1;\nconst b = 2;\nfunction f() {\n  use(a);\n}\nfunction g() {\n  use(b);\n}\n';

  it('are not judged again for a key elsewhere, and move with their text', async () => {
    assert.deepEqual(await judgedAfter(`let x = 1;\n${text}`, `let x = 12;\n${text}`), []);
    assert.deepEqual(await judgedAfter(text, text.replace('a);\n', 'a);\n  \n')), ['use(a)']);
  });

  it('are judged again when their own statement changed', async () => {
    assert.deepEqual(await judgedAfter(text, text.replace('use(b)', '0, use(b)')), ['use(b)']);
  });

  it('are judged again when what a name led to changed', async () => {
    assert.deepEqual(await judgedAfter(text, text.replace('b = 2', 'b = 3')), ['use(b)']);
  });

  it('are judged again when a name leads elsewhere', async () => {
    const once = 'var c = 1;\nconst a = 1;\nfunction f() {\n  use(c);\n}\nuse(a);\n';
    // The names of the file stay the same.
    assert.deepEqual(await judgedAfter(once, `var c = 7;\n${once}`), ['use(c)']);
  });

  it('are judged again when a type of the file comes, changes and goes', async () => {
    const typed = 'interface T {\n  x: 1;\n}\nfunction f() {\n  use<T>();\n}\n';
    assert.deepEqual(await judgedAfter(typed, typed.replace('x: 1', 'x: 12')), ['use<T>()']);
    assert.deepEqual(await judgedAfter(typed, typed.replace('interface T', 'interface U')), ['use<T>()']);
    assert.deepEqual(await judgedAfter(typed.replace('interface T', 'interface U'), typed), ['use<T>()']);
  });

  it('rest on the member of a class they are in, and on the class when they say so', async () => {
    const cls =
      'const a = 1;\nclass C {\n  one() {\n    use(a);\n  }\n  two() {\n    use(this);\n  }\n  three = 3;\n}\n';
    assert.deepEqual(await judgedAfter(cls, cls.replace('three = 3', 'three = 33')), ['use(this)']);
    assert.deepEqual(await judgedAfter(cls, cls.replace('  three', '  four = 4;\n  three')), ['use(this)']);
  });

  it('may be judged with those of their function, and summed up where something changed', async () => {
    const nested = text.replace('use(b)', 'use(b);\n  use(a);\n  const inner = () => use(a)');
    assert.deepEqual(await judgedAfter(nested, nested.replace('use(a)', 'use(a); use(a)'), [counter]), ['f', 'file']);
    const workspace = workspaceOver(new Map(), [counter]);
    workspace.open(path, 'typescript', 1, nested);
    await workspace.analyze(path, 'syntax', atOnce);
    const said = workspace.findings(path).map(({ message }) => message);
    assert.deepEqual(said, ['1 of one function', '4 of the file', '2 of one function', '1 of one function']);
  });

  it('report a place once, whichever fact leads to it', async () => {
    const workspace = workspaceOver(new Map(), [probe]);
    workspace.open(path, 'typescript', 1, 'const a = 1;\nuse(a);\n');
    assert.equal((await findingLines(workspace, path)).length, 1);
  });
});
