/** Drives the server from Neovim, a second and independent LSP client. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { project } from '../../scripts/vscode/install.ts';

const RULE = 'security/iframe-sandbox-escape';
const TEXT = [
  '// 🛩 before the finding, so that columns differ between UTF-8 and UTF-16',
  "const label = '🛩'; document.createElement('iframe').sandbox.add('allow-scripts', 'allow-same-origin');",
  'console.log(label);',
  '',
].join('\n');

test('Neovim shows the finding, its hover and its fixes, and applies the first', () => {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-neovim-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    writeFileSync(join(folder, 'frame.ts'), TEXT);
    const script = join(project, 'test/e2e/neovim/session.lua');
    const { stdout, stderr } = spawnSync('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-S', script], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        ...process.env,
        XDG_STATE_HOME: folder,
        XDG_CACHE_HOME: folder,
        AIRWORTHY_NODE: process.execPath,
        AIRWORTHY_CLI: join(project, 'dist/cli.cjs'),
        AIRWORTHY_FILE: join(folder, 'frame.ts'),
        AIRWORTHY_RULE: RULE,
      },
    });
    const line = stdout.trim().split('\n').at(-1) ?? '';
    assert.ok(line.startsWith('{'), `no answer\n${stdout}\n${stderr}`);
    const result = JSON.parse(line);
    assert.equal(result.error, undefined);
    assert.equal(result.line, 1);
    // 1 is Neovim's error: the rule's priority is P0.
    assert.equal(result.severity, 1);
    assert.match(result.message, /allow-same-origin/);
    assert.match(result.hover, /iframe-sandbox-escape/);
    assert.ok(result.actions.length >= 2, `fixes and suppressions: ${result.actions}`);
    assert.equal(result.text[1], TEXT.split('\n')[1]?.replace(", 'allow-same-origin'", ''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
