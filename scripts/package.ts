/** Builds the extension and packs it into `out/airworthy.vsix`: `npm run package`. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const root = fileURLToPath(new URL('..', import.meta.url));
const vsix = join(root, 'out', 'airworthy.vsix');

mkdirSync(join(root, 'out'), { recursive: true });
// The bundles hold everything: no dependency is packed. Runs `vscode:prepublish` first.
await createVSIX({ cwd: root, packagePath: vsix, dependencies: false });
console.log(`out/airworthy.vsix: ${(statSync(vsix).size / 1024 / 1024).toFixed(2)} MB`);
