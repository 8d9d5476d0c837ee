/**
 * Runs all rules that find something in texts over documents edited at random: nothing may throw, every place lies in its
 * document, and every fix that is offered keeps what it does not touch. The documents are those of the rules' fixtures.
 * `TEXT_ROUNDS` makes longer runs, `TEXT_SEED` other ones, `RULE=part-of-id` fewer.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RegisteredRule } from '#engine/api/rule.ts';
import type { FormatLanguage } from '#engine/formats/types.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import { rules } from '#rules/index.generated.ts';
import { mutate, mutateLineEnds, mutateLines, random } from '../formats/mutate.ts';
import { type Fixture, fixturesOf } from './kit/fixtures.ts';
import type { RuleSelection } from './kit/openWorkspace.ts';
import { judgeTexts } from './kit/textFlaws.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const wanted = process.env['RULE'] ?? '';
const rounds = Number(process.env['TEXT_ROUNDS'] ?? 2);
const seed = Number(process.env['TEXT_SEED'] ?? 20_240_613);

/** Flaws that one run tells: the first is often the reason of the others. */
const TOLD = 5;

/** A document in one of the formats; airworthy.json is none here, because nothing runs while it is broken. */
const languageOf = (path: string): FormatLanguage | undefined => {
  const kind = path.endsWith('/airworthy.json') ? undefined : documentKind(path);
  return kind?.type === 'format' ? kind.language : undefined;
};

interface Candidate {
  readonly rule: RegisteredRule;
  readonly fixtures: readonly Fixture[];
}

/** Rules that find something in a text, as their fixtures show. */
const candidates = rules
  .filter(({ types }) => types === undefined)
  .map((rule): Candidate => ({ rule, fixtures: fixturesOf(join(repository, 'rules', rule.id)) }))
  .filter(({ fixtures }) =>
    fixtures.some(({ expectations }) => [...expectations.keys()].some((path) => languageOf(path) !== undefined)),
  );
const textRules = candidates.map(({ rule }) => rule);

interface Sample {
  readonly fixture: Fixture;
  readonly path: string;
  readonly text: string;
  readonly selection: RuleSelection;
}

/** The documents in these fixtures by their language, those with the same text once. */
const samples = new Map<FormatLanguage, Map<string, Sample>>();
for (const { rule, fixtures } of candidates.filter(({ rule: { id } }) => id.includes(wanted))) {
  for (const fixture of fixtures) {
    for (const [path, text] of fixture.files) {
      const language = languageOf(path);
      if (language === undefined) continue;
      const own = samples.get(language) ?? new Map<string, Sample>();
      own.set(text, { fixture, path, text, selection: { rule, rules: textRules, options: fixture.options } });
      samples.set(language, own);
    }
  }
}

/** Each document has its own edits, so that a new fixture leaves those of all others alone. */
function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

for (const [language, own] of samples) {
  test(`${language}: what rules say of ${own.size} documents holds after random edits`, async (context) => {
    const told: string[] = [];
    let [findings, fixes] = [0, 0];
    for (const { fixture, path, text, selection } of own.values()) {
      const next = random(seed ^ hashOf(text));
      for (let round = 0; round < rounds && told.length < TOLD; round++) {
        const lines = round % 2 === 1 ? mutate(text, next) : mutateLines(text, next);
        const edited = mutateLineEnds(lines, next);
        const files = new Map(fixture.files).set(path, edited);
        const place = `${selection.rule.id} ${fixture.name}, round ${round}: ${JSON.stringify(edited)}`;
        try {
          const verdict = await judgeTexts(files, selection);
          findings += verdict.findings;
          fixes += verdict.fixes;
          if (verdict.flaws.length > 0) told.push(`${place}\n${verdict.flaws.join('\n')}`);
        } catch (error) {
          told.push(`${place}\n${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
    assert.deepEqual(told, []);
    assert.ok(findings > 0, 'nothing was found in any edited document, so nothing is known');
    context.diagnostic(`${findings} findings, ${fixes} fixes applied`);
  });
}
