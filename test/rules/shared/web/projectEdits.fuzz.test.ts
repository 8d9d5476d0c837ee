/**
 * Edits a service as people do: files that hold a missing piece come, go, and are renamed, imports point elsewhere, an open
 * file is typed in. After each step the rules about services have to say what a fresh workspace says of the same files.
 * `WEB_EDITS` makes longer runs, `WEB_SEED` other ones.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { webFacet } from '#rules/_shared/web/project/webFacet.ts';
import { rules } from '#rules/index.generated.ts';
import { atOnce, findingLines, root, workspaceOver } from '../../../engine/workspaceKit.ts';
import { type Random, random } from '../../kit/random.ts';
import { modelProbe } from './modelProbe.ts';
import { scenarios } from './scenarios/index.ts';
import type { Variants } from './scenarios/scenario.ts';
import { service, variants } from './service.ts';

const edits = Number(process.env['WEB_EDITS'] ?? 150);
const seed = Number(process.env['WEB_SEED'] ?? 1);

/** Every rule that asks the model, and one that says all there is in it. */
const asking = [modelProbe, ...rules.filter((rule) => rule.project?.facets.includes(webFacet) === true)];

/** What looks at all files of a project, whatever the project is. */
const overall = [modelProbe, ...rules.filter((rule) => rule.project !== undefined)];

type Files = Map<string, string>;
type Workspace = ReturnType<typeof workspaceOver>;

/** What all rules say of all files. */
async function everything(workspace: Workspace, files: Files): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const path of [...files.keys()].sort()) {
    for (const line of await findingLines(workspace, path)) lines.push(`${path}: ${line}`);
  }
  return lines;
}

async function fresh(files: Files, given: typeof asking): Promise<readonly string[]> {
  const workspace = workspaceOver(new Map(files), given);
  workspace.refresh([...files.keys()]);
  const lines = await everything(workspace, files);
  assert.deepEqual(workspace.failures(), []);
  workspace.dispose();
  return lines;
}

/** One change of the kind that version control, file explorers and keyboards make; says what it did. */
function step(files: Files, workspace: Workspace, texts: Variants, chooser: Random): string {
  // Without some file nothing listens: what is gone comes back soon.
  const gone = [...texts.keys()].filter((other) => !files.has(other));
  const path = chooser.pick(gone.length > 0 && chooser.chance(0.6) ? gone : [...texts.keys()]);
  const text = chooser.pick(texts.get(path) ?? ['']);
  const what = chooser.below(5);
  if (what === 0 && files.has(path)) {
    files.delete(path);
    workspace.remove([path]);
    return `delete ${path}`;
  }
  if (what === 1 && files.has(path)) {
    const target = path.replace(/(\w+)\.(\w+)$/, (_, name: string, ext: string) => `${name}Moved.${ext}`);
    files.set(target, files.get(path) ?? '');
    files.delete(path);
    workspace.remove([path]);
    workspace.refresh([target]);
    return `rename ${path}`;
  }
  if (what === 2) {
    const moved = [...files.keys()].find((other) => other.includes('Moved'));
    if (moved !== undefined) {
      const back = moved.replace('Moved', '');
      files.set(back, files.get(moved) ?? '');
      files.delete(moved);
      workspace.remove([moved]);
      workspace.refresh([back]);
      return `rename ${moved} back`;
    }
  }
  files.set(path, text);
  workspace.refresh([path]);
  return `write ${path}: ${JSON.stringify(text)}`;
}

/** Plays a script of edits over a project, and compares after each. */
async function play(texts: Variants, given: typeof asking, run: number, steps: number): Promise<void> {
  const chooser = random(run);
  const files: Files = new Map([...texts].map(([path, [first]]) => [path, first]));
  const workspace = workspaceOver(files, given);
  workspace.refresh([...files.keys()]);
  const script: string[] = [];
  const answers = new Set<string>();
  for (let at = 0; at < steps; at++) {
    script.push(step(files, workspace, texts, chooser));
    // As the server does when one of these files changed.
    if (script.at(-1)?.includes('package') === true) workspace.reconfigure();
    const incremental = await everything(workspace, files);
    assert.deepEqual(incremental, await fresh(files, given), script.slice(-6).join('\n'));
    answers.add(incremental.join('\n'));
  }
  // A script that changes nothing would prove nothing.
  assert.ok(answers.size > 3, `only ${answers.size} different answers`);
  assert.deepEqual(workspace.failures(), []);
  workspace.dispose();
}

describe('rules about services under project edits', () => {
  for (const run of [seed, seed + 1, seed + 2]) {
    it(`says what a fresh workspace says after every edit of script ${run}`, () =>
      play(variants, asking, run, edits / 3));
  }

  for (const [name, texts] of scenarios) {
    it(`says what a fresh workspace says after every edit of ${name}`, () => play(texts, overall, seed, edits / 5));
  }

  it('registers right behind the application, with import and dependency', async () => {
    const path = `${root}/src/app.ts`;
    const workspace = workspaceOver(new Map(service), [modelProbe]);
    workspace.refresh([...service.keys()]);
    const text = service.get(path) ?? '';
    workspace.open(path, 'typescript', 1, text);
    await findingLines(workspace, path);
    const [finding] = workspace.findings(path);
    assert.ok(finding);
    const [offer] = await workspace.fixes(path, 1, finding);
    assert.ok(offer);
    const made = (await workspace.fixEdits(offer)) ?? [];
    const told = made.map((edit) => `${edit.path}: ${'newText' in edit ? edit.newText.trim() : ''}`);
    assert.deepEqual(told.sort(), [
      '/w/package.json: , "express-rate-limit": "^8.0.0"',
      '/w/src/app.ts: app.use(rateLimit());',
      "/w/src/app.ts: import { rateLimit } from 'express-rate-limit';",
    ]);
    workspace.dispose();
  });

  it('runs nothing again while a handler is typed', async () => {
    const path = `${root}/src/routes/boats.ts`;
    const files: Files = new Map(service);
    const workspace = workspaceOver(files, asking);
    workspace.refresh([...files.keys()]);
    const text = files.get(path) ?? '';
    workspace.open(path, 'typescript', 1, text);
    await everything(workspace, files);
    assert.match((await findingLines(workspace, `${root}/src/app.ts`)).join(), /post \/boats/);
    const due: string[] = [];
    workspace.onDidInvalidate((_, lane) => due.push(lane));
    const at = text.slice(0, text.indexOf('// body')).split('\n');
    let character = at.at(-1)?.length ?? 0;
    const typed = 'const count = boats.filter((boat) => boat.length > 3).map(String); log("/x", count);\n';
    for (const [index, key] of [...typed].entries()) {
      const place = { line: at.length - 1, character };
      workspace.change(path, index + 2, [{ range: { start: place, end: place }, text: key }]);
      await workspace.analyze(path, 'syntax', atOnce);
      character++;
    }
    assert.deepEqual(due, []);
    workspace.dispose();
  });
});
