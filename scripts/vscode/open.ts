/**
 * Serves VS Code with the packaged extension to any browser, for people without a desktop editor:
 * `npm run vscode [-- folder]`. Without a folder it opens a copy of the example service. That command installs VS Code
 * and packs the extension beforehand.
 */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { workbenchUrl } from './browser.ts';
import { project } from './install.ts';
import { createProfile } from './profile.ts';
import { installExtension, startServer } from './server.ts';

const vsix = join(project, 'out', 'airworthy.vsix');
const wanted = process.argv[2];

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

if (wanted && !statSync(wanted, { throwIfNoEntry: false })?.isDirectory()) fail(`There is no folder ${wanted}.`);

const profile = createProfile(wanted ? {} : { workspace: join(project, 'examples', 'service') });
process.once('exit', profile.dispose);
process.once('SIGINT', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));

installExtension(profile, vsix);
const server = await startServer(profile);
const url = workbenchUrl(server, { open: wanted ? resolve(wanted) : profile.workspace });
console.log(`VS Code with Airworthy is at\n\n  ${url}\n\nOpen it in a browser. Ctrl+C ends it.`);
