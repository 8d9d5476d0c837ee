/**
 * Edits long files at random, with many rules on: lists of statements, members and facts that are long enough are kept by
 * stretches, which no fixture is. What is said after edits has to be what is said about the text from scratch.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rules } from '#rules/index.generated.ts';
import { generateFile, shapes } from '../../bench/generate.ts';
import { type Fixture, fixturesOf } from './kit/fixtures.ts';
import { describeImpurity, findImpurity } from './kit/fuzz.ts';
import { inRoot } from './kit/virtualFiles.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const seed = Number(process.env['PURITY_SEED'] ?? 1);

function longFile(name: string, text: string): Fixture {
  const files = new Map([[inRoot(`src/${name}.ts`), text]]);
  return {
    name,
    place: name,
    files,
    expectations: new Map(),
    options: undefined,
    miss: undefined,
    folder: false,
    places: new Map(),
    twins: new Map(),
  };
}

/** With it on, what files tell the project is judged as well. */
const ofProject = rules.find(({ id }) => id === 'config/env-unvalidated');

async function staysPure(fixture: Fixture, edits: number, ms: number): Promise<void> {
  assert.ok(ofProject !== undefined);
  const selection = { rule: ofProject, rules, options: undefined };
  const impurity = await findImpurity(fixture, selection, { seed, edits, deadline: performance.now() + ms });
  assert.equal(impurity && describeImpurity({ ...impurity, before: '', after: '' }), undefined);
}

/** All files of TypeScript among the fixtures of a category, one behind the other. */
function everything(category: string): string {
  const texts = rules
    .filter(({ id }) => id.startsWith(`${category}/`))
    .flatMap(({ id }) => fixturesOf(join(repository, 'rules', id)))
    .flatMap(({ files }) => [...files].flatMap(([path, text]) => (path.endsWith('.ts') ? [text] : [])));
  return texts.join('\n');
}

describe('long files stay pure', () => {
  for (const shape of shapes) {
    it(`made of handlers, held together as ${shape}`, async () => {
      await staysPure(longFile(shape, generateFile(shape, 1500).text), 40, 8000);
    });
  }
  it('made of handlers, held together as object, each behind its key', async () => {
    const { text } = generateFile('object', 1500);
    const table = text.replace(/async (\w+)\((.*)\): Promise<void> \{/g, '$1: async ($2): Promise<void> => {');
    assert.notEqual(table, text);
    await staysPure(longFile('table', table), 40, 8000);
  });
  for (const category of new Set(rules.map(({ id }) => id.slice(0, id.indexOf('/'))))) {
    it(`made of all fixtures about ${category}`, async () => {
      await staysPure(longFile(category, everything(category)), 40, 12_000);
    });
  }
});
