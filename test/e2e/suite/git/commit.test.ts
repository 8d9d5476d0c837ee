import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { gitCommit } from '../../../../client/checklist/gitCommit.ts';
import { at, folder, read, remove, until, write } from '../support.ts';

const who = ['-c', 'user.name=Ines', '-c', 'user.email=ines@quay.example', '-c', 'commit.gpgsign=false'];
const git = (...args: readonly string[]): string =>
  execFileSync('git', [...who, ...args], { cwd: folder().fsPath, encoding: 'utf8' }).trim();
/** What the result of a gate would be noted for. */
const commit = (): Promise<string> => gitCommit(folder().toString());

describe('the commit that a gate is run on', () => {
  it('is none where there is no repository', async () => {
    assert.equal(await commit(), '');
  });

  it('is none before the first one', async () => {
    git('init', '--initial-branch=main');
    await vscode.commands.executeCommand('git.openRepository', folder().fsPath);
    assert.equal(await commit(), '');
  });

  it('is the one that the files are of', async () => {
    git('add', '--all');
    git('commit', '--message=Open the pier');
    const head = git('rev-parse', 'HEAD');
    assert.match(head, /^[0-9a-f]{40}$/);
    await until('the commit', async () => (await commit()) === head);
  });

  it('is none while a file differs, is staged, or is new', async () => {
    const head = git('rev-parse', 'HEAD');
    const before = await read(at('src/frame.ts'));
    await write('src/frame.ts', `${before}// later\n`);
    assert.equal(await commit(), '');
    git('add', '--all');
    assert.equal(await commit(), '');
    git('reset', '--hard');
    assert.equal(await commit(), head);
    await write('src/quay.ts', 'export const quay = 1;\n');
    assert.equal(await commit(), '');
    await remove('src/quay.ts');
    assert.equal(await commit(), head);
  });

  it('moves with the branch', async () => {
    const head = git('rev-parse', 'HEAD');
    git('commit', '--allow-empty', '--message=Close the pier');
    const next = git('rev-parse', 'HEAD');
    assert.notEqual(next, head);
    assert.equal(await commit(), next);
    git('checkout', '--detach', head);
    assert.equal(await commit(), head);
  });
});
