/**
 * VS Code calls `run` in the extension host once the window is up. It runs the mocha tests that lie beside the compiled
 * copy of this file, and reports each of them in a file: of the outcome alone VS Code only passes on pass or fail.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { pictureVariable } from '../host/results.ts';
import { report } from './report.ts';

const pictures = process.env[pictureVariable];

/** Asks for a picture of the window and waits until it is taken, at most five seconds. */
async function takePicture(title: string): Promise<void> {
  if (!pictures) return;
  const path = join(pictures, `${title.replace(/[^\w]+/g, '-').slice(0, 100)}.png`);
  report({ kind: 'picture', path });
  for (const end = Date.now() + 5000; !existsSync(path) && Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 30_000,
    reporter: 'spec',
    color: false,
    forbidOnly: true,
    rootHooks: {
      async afterEach(this: Mocha.Context) {
        if (this.currentTest?.state === 'failed') await takePicture(this.currentTest.fullTitle());
      },
    },
  });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => report({ kind: 'test', title: test.fullTitle(), ms: test.duration ?? 0 }));
    // Failed hooks come here as well.
    runner.on('fail', (test, error) =>
      report({ kind: 'test', title: test.fullTitle(), ms: test.duration ?? 0, error: String(error.stack ?? error) }),
    );
  });
  report({ kind: 'end' });
  if (failures > 0) throw new Error(`${failures} test(s) failed`);
}
