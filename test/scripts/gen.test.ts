import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stale, write } from '../../scripts/gen/apply.ts';
import { generate } from '../../scripts/gen/generate.ts';
import { createRule } from '../../scripts/newRule/createRule.ts';
import { type RuleRepository, ruleRepository } from './ruleRepository.ts';

describe('generator', () => {
  let repository: RuleRepository;
  beforeEach(() => {
    repository = ruleRepository();
  });
  afterEach(() => repository.dispose());

  it('finds the generated files of this repository up to date', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    assert.deepEqual(stale(root, await generate(root)), []);
  });

  it('works without any rule', async () => {
    write(repository.root, await generate(repository.root));
    assert.match(repository.read('rules/index.generated.ts'), /readonly RegisteredRule\[\] = \[\];/);
  });

  it('derives index, documentation texts and pages from a rule folder', async () => {
    createRule(repository.root, 'security/no-eval');
    createRule(repository.root, 'data/no-eval-2');
    write(repository.root, await generate(repository.root));
    const index = repository.read('rules/index.generated.ts');
    assert.match(index, /import securityNoEval from '\.\/security\/no-eval\/rule\.ts';/);
    assert.ok(index.indexOf("register('data', 'no-eval-2'") < index.indexOf("register('security', 'no-eval'"));
    assert.match(repository.read('rules/docs.generated.ts'), /"security\/no-eval": "# security\/no-eval\\n/);
    const page = repository.read('docs/rules/security/no-eval.md');
    assert.match(page, /\| Priority \| P2 \|/);
    assert.match(page, /\| Looks at \| statements \|/);
    assert.match(page, /\| `called` \| P2 \| eval runs/);
    assert.match(page, /^## Known misses$/m);
    assert.match(
      repository.read('docs/rules.md'),
      /\[no-eval\]\(rules\/security\/no-eval\.md\) \| P2 \| Calls of eval\./,
    );
  });

  it("shows options under the README's own heading, and fixes with their safety", async () => {
    createRule(repository.root, 'security/no-eval');
    const folder = 'rules/security/no-eval';
    repository.write(
      `${folder}/rule.ts`,
      repository
        .read(`${folder}/rule.ts`)
        .replace(
          'z.strictObject({})',
          `z.strictObject({
            allow: z.array(z.enum(['a', 'b'])).default(['a']).describe('Names | allowed.'),
            limit: z.int().optional(),
          })`,
        )
        .replace(
          '  node: {',
          `  fixes: { called: [{ title: 'Drop it', safety: 'suggest', edits: () => undefined }] },\n  node: {`,
        ),
    );
    const readme = repository.read(`${folder}/README.md`);
    repository.write(`${folder}/README.md`, readme.replace('## Fix\n', '## Options\n\nProse.\n\n## Fix\n'));
    write(repository.root, await generate(repository.root));
    const page = repository.read('docs/rules/security/no-eval.md');
    assert.match(
      page,
      /## Options\n\n\| Option .*\n.*\n\| `allow` \| `\("a" \\\| "b"\)\[\]` \| `\["a"\]` \| Names \\\| allowed\. \|\n\| `limit` \| `number` \| {2}\| {2}\|\n\nProse\./,
    );
    assert.match(page, /Drop it \(suggest\)/);
  });

  it('lets editors complete rules in airworthy.json and in settings', async () => {
    createRule(repository.root, 'security/no-eval');
    const manifest = JSON.parse(repository.read('package.json'));
    const properties = { 'airworthy.rules': { type: 'object' }, 'airworthy.other': { type: 'string' } };
    manifest.contributes = { ...manifest.contributes, configuration: { properties } };
    repository.write('package.json', JSON.stringify(manifest));
    write(repository.root, await generate(repository.root));
    const schema = JSON.parse(repository.read('schemas/airworthy.schema.json'));
    assert.equal(schema.properties.rules.properties['security/no-eval'].description, 'Calls of eval.');
    const { configuration } = JSON.parse(repository.read('package.json')).contributes;
    const settings = configuration.properties['airworthy.rules'];
    assert.equal(settings.properties['security/no-eval'].markdownDescription, 'Calls of eval.');
    assert.ok(Object.hasOwn(settings.properties, 'security'));
    assert.deepEqual(configuration.properties['airworthy.other'], { type: 'string' });
  });

  it('names what is stale and removes pages of rules that are gone', async () => {
    createRule(repository.root, 'security/no-eval');
    write(repository.root, await generate(repository.root));
    assert.deepEqual(stale(repository.root, await generate(repository.root)), []);
    repository.write('docs/rules.md', 'edited');
    rmSync(join(repository.root, 'rules/docs.generated.ts'));
    assert.deepEqual(stale(repository.root, await generate(repository.root)), [
      { path: 'rules/docs.generated.ts', reason: 'missing' },
      { path: 'docs/rules.md', reason: 'differs' },
    ]);
    rmSync(join(repository.root, 'rules/security'), { recursive: true });
    write(repository.root, await generate(repository.root));
    assert.equal(existsSync(join(repository.root, 'docs/rules/security/no-eval.md')), false);
  });

  it('does not mind the line ends of a checkout', async () => {
    createRule(repository.root, 'security/no-eval');
    write(repository.root, await generate(repository.root));
    for (const path of ['docs/rules.md', 'rules/security/no-eval/README.md']) {
      repository.write(path, repository.read(path).replaceAll('\n', '\r\n'));
    }
    assert.deepEqual(stale(repository.root, await generate(repository.root)), []);
  });

  it('lists every malformed folder at once', async () => {
    mkdirSync(join(repository.root, 'rules/nonsense/x'), { recursive: true });
    mkdirSync(join(repository.root, 'rules/data/Bad_Name'), { recursive: true });
    for (const part of ['rule.ts', 'README.md', 'fixtures']) repository.write(`rules/data/Bad_Name/${part}`, '');
    mkdirSync(join(repository.root, 'rules/data/empty'));
    await assert.rejects(generate(repository.root), (error: Error) => {
      assert.match(error.message, /rules\/nonsense: not a category/);
      assert.match(error.message, /rules\/data\/Bad_Name: .*hyphens/);
      assert.match(error.message, /rules\/data\/empty: rule\.ts and README\.md and fixtures missing/);
      return true;
    });
  });
});

describe('scaffolder', () => {
  let repository: RuleRepository;
  beforeEach(() => {
    repository = ruleRepository();
  });
  afterEach(() => repository.dispose());

  it('refuses malformed and taken ids and writes nothing then', () => {
    for (const id of ['no-eval', 'nonsense/no-eval', 'security/', 'security/NoEval', 'security/a/b', 'security/../x']) {
      assert.throws(() => createRule(repository.root, id), /category|hyphens/, id);
    }
    assert.equal(existsSync(join(repository.root, 'rules')), false);
    createRule(repository.root, 'security/no-eval');
    assert.throws(() => createRule(repository.root, 'security/no-eval'), /already there/);
  });
});
