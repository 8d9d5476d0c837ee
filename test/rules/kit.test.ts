/** The kit that proves rules, proved itself: what it lets pass, and every fault it has to catch. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { type Fix, type FixContext, type RegisteredRule, register, rule, ts } from '#api';
import { loadRules } from '../../scripts/gen/loadRules.ts';
import { ruleFolders } from '../../scripts/gen/ruleFolders.ts';
import { createRule } from '../../scripts/newRule/createRule.ts';
import { ruleRepository } from '../scripts/ruleRepository.ts';
import { type Examination, examine } from './kit/examine.ts';
import { fixturesOf } from './kit/fixtures.ts';
import { ruleOnDisk } from './kit/ruleOnDisk.ts';
import { coverageProblems, documentationProblems } from './kit/wholeRule.ts';

type Edits = (ctx: FixContext<unknown>, callee: ts.Identifier) => ReturnType<Fix<unknown>['edits']>;

/** Reports `parse(…)` and turns it into what `edits` says. */
function parseRule(edits: Edits, safety: 'safe' | 'suggest' = 'safe'): RegisteredRule {
  const definition = rule({
    meta: {
      priority: 'P2',
      since: 'next',
      summary: 'Calls of parse.',
      topics: ['parse'],
      messages: { called: 'parse throws on bad input. Use read.', other: 'other is called.' },
    },
    options: z.strictObject({ names: z.array(z.string()).default(['parse']).describe('Functions to report.') }),
    node: {
      on: {
        CallExpression(node, ctx) {
          if (!ts.isIdentifier(node.expression)) return;
          if (ctx.options.names.includes(node.expression.text)) ctx.report(node.expression, 'called');
          if (node.expression.text === 'other') ctx.report(node.expression, 'other');
        },
      },
    },
    fixes: {
      called: [
        {
          title: 'Use read',
          safety,
          edits(ctx) {
            const callee = ctx.node(ts.isIdentifier);
            return callee && edits(ctx, callee);
          },
        },
      ],
    },
  });
  return register('reliability', 'no-parse', definition);
}

const rename: Edits = (ctx, callee) => [ctx.replace(callee, 'read')];

const declarations = 'declare const parse: (text: string) => string;\ndeclare const read: (text: string) => string;\n';
const bad = `${declarations}
function load(text: string): string {
  // why
  const value = parse(text);
  //            ^^^^^ expect: called
  return value;
}
`;
const fixed = bad.replace('parse(text);\n  //            ^^^^^ expect: called', 'read(text);');

/** Problems of a rule whose only fixture is this one, and its fixed twin. */
async function problemsOf(
  candidate: RegisteredRule,
  files: Readonly<Record<string, string>> = { 'bad.ts': bad, 'bad.fixed.ts': fixed },
): Promise<readonly string[]> {
  const disk = ruleOnDisk(Object.fromEntries(Object.entries(files).map(([path, text]) => [`fixtures/${path}`, text])));
  try {
    const problems: string[] = [];
    for (const fixture of fixturesOf(disk.folder)) {
      const selection = { rule: candidate, rules: [candidate], options: fixture.options };
      problems.push(...(await examine(fixture, selection)).problems);
    }
    return problems;
  } finally {
    disk.dispose();
  }
}

async function refuses(edits: Edits, words: RegExp, files?: Readonly<Record<string, string>>): Promise<void> {
  const problems = await problemsOf(parseRule(edits), files);
  assert.match(problems.join('\n'), words);
}

describe('fixture runner', () => {
  it('accepts findings where they are announced', async () => {
    assert.deepEqual(await problemsOf(parseRule(rename)), []);
  });

  it('reports a finding that nobody announced, and one that is not there', async () => {
    const moved = bad.replace('            ^^^^^ e', '      ^^^^^ e');
    const problems = (await problemsOf(parseRule(rename), { 'bad.ts': moved })).join('\n');
    assert.match(problems, /missing: called at 6:11-16 \(announced in line 7 of the fixture\)/);
    assert.match(problems, /unexpected: called .* at 6:17-22: parse/);
    assert.match((await problemsOf(parseRule(rename), { 'good.ts': 'parse(1);\n' })).join(), /unexpected/);
    assert.match(
      (await problemsOf(parseRule(rename), { 'miss.ts': '// miss: why\nparse(1);\n' })).join(),
      /unexpected/,
    );
  });

  it('gives a fixture its path, options and packages', async () => {
    const files = {
      'a.ts': '// options: {"names": ["load"]}\nload(1);\n//<^ expect: called\nparse(2);\n',
      'b.ts': '// path: src/b.test.ts\nparse(2);\n',
    };
    const silent = parseRule(() => undefined);
    assert.deepEqual(await problemsOf(silent, files), []);
  });

  it('runs a folder as one workspace', async () => {
    const files = {
      'service/src/a.ts': 'parse(1);\n//<^^ expect: called\n',
      'service/src/b.ts': 'load(1);\n//<^ expect: called\nparse(1);\n',
      'service/airworthy.json':
        '{ "overrides": [{ "files": ["src/b.ts"], "rules": { "reliability/no-parse": { "options": { "names": ["load"] } } } }] }',
    };
    assert.deepEqual(
      await problemsOf(
        parseRule(() => undefined),
        files,
      ),
      [],
    );
  });

  it('lets the type checker see the packages that a fixture depends on', async () => {
    const typed = register(
      'reliability',
      'no-parse',
      rule({
        meta: { priority: 'P2', since: 'next', summary: 'Apps.', topics: [], messages: { app: 'An app.' } },
        options: z.strictObject({}),
        types: {
          on: {
            CallExpression(node, ctx) {
              const name = ctx.types.checker.typeToString(ctx.types.typeAt(node));
              if (name === 'Express') ctx.report(node.expression, 'app');
            },
          },
        },
      }),
    );
    const code = "import make from 'express';\nexport const app = make();\n";
    const annotated = code.replace('make();\n', 'make();\n//                 ^^^^ expect: app\n');
    const files = { 'with.ts': `// packages: {"express":"^5.0.0"}\n${annotated}`, 'without.ts': code };
    assert.deepEqual(await problemsOf(typed, files), []);
  });

  it('asks for the twin of a safe fix and compares it', async () => {
    assert.match((await problemsOf(parseRule(rename), { 'bad.ts': bad })).join(), /twin .* is missing \(fixed\)/);
    const other = { 'bad.ts': bad, 'bad.fixed.ts': fixed.replace('// why', '// because') };
    assert.match((await problemsOf(parseRule(rename), other)).join(), /fixed: .*:5 is .*why.*not .*because/);
    const idle = { 'good.ts': 'read(1);\n', 'good.fixed.ts': 'read(1);\n' };
    assert.match((await problemsOf(parseRule(rename), idle)).join(), /no fix changes it/);
    await assert.rejects(
      problemsOf(parseRule(rename), { 'lost.fixed.ts': fixed }),
      /twin of a fixture that is not there/,
    );
  });

  it('applies the nth suggestion to every finding', async () => {
    const suggested = parseRule(rename, 'suggest');
    const twice = `${declarations}parse('1');\n//<^^ expect: called\nparse('2');\n//<^^ expect: called\n`;
    const files = { 'a.ts': twice, 'a.suggest-1.ts': `${declarations}read('1');\nread('2');\n` };
    assert.deepEqual(await problemsOf(suggested, files), []);
    const wrong = { ...files, 'a.suggest-1.ts': `${declarations}read('1');\nparse('2');\n` };
    assert.match((await problemsOf(suggested, wrong)).join(), /suggest-1: /);
  });
});

describe('fix prover', () => {
  it('refuses a fix that leaves the finding', () =>
    refuses((ctx, callee) => [ctx.replace(callee, 'parse ')], /still there/));

  it('refuses a fix that breaks the syntax', () =>
    refuses((ctx, callee) => [ctx.replace(callee, 'read)')], /brings a compiler error: TS1\d\d\d/));

  it('refuses a fix that breaks the types', () =>
    refuses((ctx, callee) => [ctx.replace(callee, 'Number')], /brings a compiler error: TS2322/));

  it('refuses a fix that brings another finding', () =>
    refuses((ctx, callee) => [ctx.replace(callee, 'other')], /new finding: reliability\/no-parse other/));

  it('refuses a safe fix that drops a comment', () =>
    refuses(
      (ctx, callee) => [ctx.replace({ start: ctx.text.indexOf('// why'), end: callee.end }, 'const value = read')],
      /drops a comment: \/\/ why/,
    ));

  it('refuses a safe fix that changes another file', () =>
    refuses(
      (ctx, callee) => [ctx.replace(callee, 'read'), { path: `${ctx.path}.other.ts`, create: 'export {};\n' }],
      /--fix leaves it out/,
    ));

  it('refuses edits that overlap or lie outside', async () => {
    await refuses((ctx, callee) => [ctx.replace(callee, 'read'), ctx.replace(callee, 'load')], /overlap/);
    await refuses((ctx) => [ctx.insert(ctx.text.length + 5, 'read')], /outside of its text/);
  });

  it('refuses a fix that creates a file which is there', () =>
    refuses((ctx, callee) => [ctx.replace(callee, 'read'), { path: ctx.path, create: '' }], /already there/));

  const statement = (ctx: FixContext<unknown>, callee: ts.Identifier): ts.Statement | undefined =>
    ctx.file.statements.find((candidate) => candidate.end > callee.end);
  const insertLine =
    (end: string, indent: string): Edits =>
    (ctx, callee) => {
      const owner = statement(ctx, callee);
      const at = owner && ts.isFunctionDeclaration(owner) && owner.body?.statements[0]?.getStart();
      return at ? [ctx.insert(at, `void 0;${end}${indent}`), ctx.replace(callee, 'read')] : undefined;
    };

  it('refuses a fix with line ends or indentation of its own', async () => {
    await refuses(insertLine('\n', '  '), /with Windows line ends .*:6 is/s);
    await refuses(insertLine('\n', '  '), /indented by tabs .*:7 is/s);
  });

  it('refuses a fix that is not offered for other line ends', () =>
    refuses((ctx, callee) => (ctx.text.includes('\r') ? undefined : rename(ctx, callee)), /it is not offered/));

  it('refuses safe fixes that never end', async () => {
    let round = 0;
    const restless = parseRule((ctx, callee) => [ctx.replace(callee, ++round % 2 ? 'read' : 'parse ')]);
    assert.notDeepEqual(await problemsOf(restless), []);
  });
});

describe('rule as a whole', () => {
  const id = 'reliability/no-parse';
  const readme = [
    `# ${id}`,
    '## What\n\nReports.',
    '## Why\n\nBecause.',
    "## Bad\n\n```ts bad\nparse('1');\n```",
    "## Good\n\n```ts good\nread('1');\n```",
    '## Fix\n\nRenames.',
    '## Options\n\n`names`: functions.',
    '## When it stays silent\n\nElsewhere.',
    '## Known misses\n\nMany.',
    '## References\n\nNone.',
  ].join('\n\n');
  const candidate = parseRule(rename);
  const check = (text: string): Promise<readonly string[]> =>
    documentationProblems(text, { rule: candidate, rules: [candidate], options: undefined });

  it('runs the examples of the README', async () => {
    assert.deepEqual(await check(readme), []);
    assert.match(
      (await check(readme.replace("parse('1')", "read('1')"))).join(),
      /bad example in line 13 has no finding/,
    );
    assert.match(
      (await check(readme.replace("read('1')", "parse('1')"))).join(),
      /good example in line \d+ has findings: parse throws/,
    );
    assert.match((await check(readme.replace('```ts bad', '```ts'))).join(), /no bad example/);
    assert.deepEqual(
      await check(readme.replace("```ts good\nread('1')", "```ts good path=src/a.test.ts\nparse('1')")),
      [],
    );
  });

  it('asks for every section, in order, with text', async () => {
    assert.match((await check(readme.replace('## Why', '## Reason'))).join(), /"## Why" is missing/);
    assert.match((await check(readme.replace('Because.', ''))).join(), /"## Why" is empty/);
    assert.match(
      (await check(readme.replace('## What', '## X').replace('## Why', '## What').replace('## X', '## Why'))).join(),
      /in this order/,
    );
    assert.match((await check(readme.replace('`names`', 'names'))).join(), /`names` is not explained/);
    assert.match((await check(readme.replace(id, 'x/y'))).join(), /starts with "# reliability\/no-parse"/);
  });

  it('asks for a fixture of every message, option and fix, and for a known miss', async () => {
    const seen: Examination = { problems: [], messages: new Set(['called']), shown: new Set() };
    const problems = coverageProblems(candidate, [], [seen]).join('\n');
    assert.match(problems, /no fixture shows the message other/);
    assert.doesNotMatch(problems, /the message called/);
    assert.match(problems, /no twin shows what "Use read" does about called/);
    assert.match(problems, /no fixture sets the option names/);
    assert.match(problems, /no fixture shows a known miss/);
  });

  it('accepts a scaffolded rule as it is', async () => {
    const repository = ruleRepository();
    try {
      createRule(repository.root, 'security/no-eval');
      const [folder] = ruleFolders(repository.root);
      assert.ok(folder);
      const [loaded] = await loadRules(repository.root, [folder]);
      assert.ok(loaded);
      const fixtures = fixturesOf(join(repository.root, folder.path));
      const examinations: Examination[] = [];
      for (const fixture of fixtures) {
        const selection = { rule: loaded.rule, rules: [loaded.rule], options: fixture.options };
        examinations.push(await examine(fixture, selection));
      }
      assert.deepEqual(
        examinations.flatMap(({ problems }) => problems),
        [],
      );
      assert.deepEqual(coverageProblems(loaded.rule, fixtures, examinations), []);
      const selection = { rule: loaded.rule, rules: [loaded.rule], options: undefined };
      assert.deepEqual(await documentationProblems(folder.readme, selection), []);
    } finally {
      repository.dispose();
    }
  });

  describe('asked to write twins', () => {
    /** The text of a file below `fixtures/` after the kit has written what it would. */
    async function written(files: Readonly<Record<string, string>>, path: string): Promise<string> {
      const disk = ruleOnDisk(
        Object.fromEntries(Object.entries(files).map(([name, text]) => [`fixtures/${name}`, text])),
      );
      process.env['UPDATE_FIXTURES'] = '1';
      try {
        for (const fixture of fixturesOf(disk.folder)) {
          const selection = { rule: candidate, rules: [candidate], options: undefined };
          assert.deepEqual((await examine(fixture, selection)).problems, []);
        }
        return readFileSync(join(disk.folder, 'fixtures', path), 'utf8');
      } finally {
        delete process.env['UPDATE_FIXTURES'];
        disk.dispose();
      }
    }
    const head = '// path: lib/load.ts\n// packages: {"express":"^4.18.0"}\n';
    const rest = 'other();\n// <^ expect: other\n';
    const withRest = `${head}${bad}declare const other: () => void;\n${rest}`;
    const fixedRest = `${head}${fixed}declare const other: () => void;\n${rest}`;

    it('writes those that are missing', async () => {
      assert.equal(await written({ 'bad.ts': bad }, 'bad.fixed.ts'), fixed);
    });

    it('keeps the comments of those that are there', async () => {
      const outdated = fixedRest.replace('// why', '// because');
      assert.equal(await written({ 'bad.ts': withRest, 'bad.fixed.ts': outdated }, 'bad.fixed.ts'), fixedRest);
    });

    it('keeps them in folders, where the twin has them', async () => {
      const outdated = fixedRest.replace('// why', '// because');
      const files = { 'bad/a.ts': withRest, 'bad.fixed/b.ts': outdated };
      assert.equal(await written(files, 'bad.fixed/b.ts'), fixedRest);
    });

    it('says of new files in folders where they lie, as the fixture does', async () => {
      assert.equal(await written({ 'bad/a.ts': `${head}${bad}` }, 'bad.fixed/a.ts'), `${head}${fixed}`);
    });
  });
});
