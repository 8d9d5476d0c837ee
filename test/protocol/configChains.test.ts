/** Configurations that take in others: an edit of either file is seen in the other one. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { shippedServer } from './support/bundle.ts';
import type { Client, Folder } from './support/client.ts';
import { start } from './support/start.ts';
import { untilFound } from './support/untilFound.ts';

/** Writes a file and tells the server of it, as an editor does that watches the folder. */
function rewrite({ client, folder }: { client: Client; folder: Folder }, path: string, text: string): void {
  folder.write(path, text);
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uri(path), type: 2 }] });
}

describe('configurations that take in others', { timeout: 600_000 }, () => {
  before(() => assert.ok(existsSync(shippedServer), 'dist/server.cjs is missing; run `npm run build`.'));

  it('follow noEmitOnError of a base through the project that keeps it', async (t) => {
    const rule = 'config/build-checks-disabled';
    const started = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', '{ "name": "harbour", "private": true, "scripts": { "build": "tsc -p api" } }\n');
      files.write('rules/loose.json', '{\n  "compilerOptions": {\n    "noEmitOnError": false\n  }\n}\n');
      files.write('api/tsconfig.json', '{ "extends": "../rules/loose" }\n');
    });
    const { client, folder } = started;
    const base = folder.uri('rules/loose.json');
    await untilFound(client, base, rule, [2]);
    // The project alone.
    rewrite(started, 'api/tsconfig.json', '{ "extends": "../rules/loose", "compilerOptions": { "noEmit": true } }\n');
    await untilFound(client, base, rule, []);
    rewrite(started, 'api/tsconfig.json', '{ "extends": ["../rules/loose", "../rules/held"] }\n');
    rewrite(started, 'rules/held.json', '{ "compilerOptions": { "outDir": "dist" } }\n');
    await untilFound(client, base, rule, [2]);
    // The other base alone.
    rewrite(started, 'rules/held.json', '{ "compilerOptions": { "noEmitOnError": true } }\n');
    await untilFound(client, base, rule, []);
    rewrite(started, 'rules/held.json', '{ "compilerOptions": { "outDir": "dist" } }\n');
    await untilFound(client, base, rule, [2]);
    // The script alone.
    rewrite(started, 'package.json', '{ "name": "harbour", "private": true, "scripts": { "build": "tsc -p web" } }\n');
    await untilFound(client, base, rule, []);
  });

  it('follow forceExit of a base through the configuration that keeps it', async (t) => {
    const rule = 'testing/leak-detection-disabled';
    const started = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', '{ "name": "harbour", "private": true }\n');
      files.write('config/base.js', "module.exports = {\n  testEnvironment: 'node',\n  forceExit: true,\n};\n");
      files.write('jest.config.js', "module.exports = { ...require('./config/base') };\n");
    });
    const { client, folder } = started;
    const base = folder.uri('config/base.js');
    const user = folder.uri('jest.config.js');
    await untilFound(client, base, rule, [2]);
    // The configuration alone.
    client.open(user, "module.exports = { ...require('./config/base') };\n");
    client.replace(user, ' };', ', forceExit: false };');
    await untilFound(client, base, rule, []);
    client.replace(user, 'forceExit: false', 'forceExit: true');
    await untilFound(client, base, rule, []);
    await untilFound(client, user, rule, [0]);
    client.replace(user, ', forceExit: true', '');
    await untilFound(client, base, rule, [2]);
    await untilFound(client, user, rule, []);
    // The base alone.
    rewrite(started, 'config/base.js', "module.exports = {\n  testEnvironment: 'node',\n};\n");
    await untilFound(client, base, rule, []);
    rewrite(started, 'config/base.js', "module.exports = {\n  ...require('./all'),\n  testEnvironment: 'node',\n};\n");
    rewrite(started, 'config/all.js', 'module.exports = { detectOpenHandles: false };\n');
    await untilFound(client, folder.uri('config/all.js'), rule, [0]);
  });

  it('follow isolatedModules of a base through the configuration that keeps it', async (t) => {
    const rule = 'testing/jest-diagnostics-suppressed';
    const transform = "transform: { '^.+\\\\.ts$': ['ts-jest', { isolatedModules: true }] }";
    const manifest = (scripts: string) => `{ "name": "api", "private": true, "scripts": { ${scripts} } }\n`;
    const started = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', '{ "name": "harbour", "private": true }\n');
      files.write('config/base.js', `module.exports = {\n  ${transform},\n};\n`);
      files.write('api/package.json', manifest('"test": "jest"'));
      files.write('api/jest.config.js', "module.exports = { ...require('../config/base') };\n");
    });
    const { client, folder } = started;
    const base = folder.uri('config/base.js');
    await untilFound(client, base, rule, [1]);
    // Scripts of the package that takes it in.
    rewrite(started, 'api/package.json', manifest('"types": "tsc --noEmit"'));
    await untilFound(client, base, rule, []);
    rewrite(started, 'api/package.json', manifest('"test": "jest"'));
    await untilFound(client, base, rule, [1]);
    // The configuration there.
    const ownTransform = "transform: { '^.+\\\\.ts$': 'ts-jest' }";
    rewrite(started, 'api/jest.config.js', `module.exports = { ...require('../config/base'), ${ownTransform} };\n`);
    await untilFound(client, base, rule, []);
    rewrite(started, 'api/jest.config.js', "module.exports = { ...require('../config/base') };\n");
    await untilFound(client, base, rule, [1]);
    // The base.
    client.open(base, `module.exports = {\n  ${transform},\n};\n`);
    client.replace(base, 'isolatedModules: true', 'isolatedModules: false');
    await untilFound(client, base, rule, []);
  });

  it('follow a later base of a tsconfig for tests', async (t) => {
    const rule = 'testing/jest-diagnostics-suppressed';
    const started = await start(t, { server: shippedServer }, (files) => {
      files.write(
        'package.json',
        '{ "name": "harbour", "private": true, "devDependencies": { "ts-jest": "^29.1.0" } }\n',
      );
      files.write('strict.json', '{ "compilerOptions": { "strict": true } }\n');
      files.write('loose.json', '{\n  "compilerOptions": { "strict": false }\n}\n');
      files.write('tsconfig.json', '{ "extends": "./strict.json" }\n');
      files.write('tsconfig.spec.json', '{ "extends": ["./strict.json", "./loose.json"] }\n');
    });
    const { client, folder } = started;
    const loose = folder.uri('loose.json');
    await untilFound(client, loose, rule, [1]);
    rewrite(started, 'tsconfig.spec.json', '{ "extends": ["./loose.json", "./strict.json"] }\n');
    await untilFound(client, loose, rule, []);
    rewrite(started, 'tsconfig.spec.json', '{ "extends": ["./strict.json", "./loose.json"] }\n');
    await untilFound(client, loose, rule, [1]);
    rewrite(started, 'strict.json', '{ "compilerOptions": { "noImplicitAny": true } }\n');
    await untilFound(client, loose, rule, []);
  });

  it('follow coverage thresholds into the file that a command names and the package that gives it', async (t) => {
    const rule = 'testing/coverage-threshold-missing';
    const script = (test: string) => `{\n  "name": "cart",\n  "scripts": { "test": "${test}" }\n}\n`;
    const started = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', '{ "name": "harbour", "private": true }\n');
      files.write('cart/package.json', script('c8 --config ../tools/coverage.json node --test'));
      files.write('cart/total.test.js', "import { test } from 'node:test';\n\ntest('adds', () => {});\n");
      files.write('tools/coverage.json', '{\n  "check-coverage": false\n}\n');
      files.write('jest-base/package.json', '{ "name": "@harbour/jest-base", "main": "./whole.js" }\n');
      files.write('jest-base/whole.js', "module.exports = { testEnvironment: 'node' };\n");
    });
    const { client, folder } = started;
    const named = folder.uri('tools/coverage.json');
    await untilFound(client, named, rule, [1]);
    // The file that the command names.
    rewrite(started, 'tools/coverage.json', '{\n  "check-coverage": true,\n  "lines": 90\n}\n');
    await untilFound(client, named, rule, []);
    rewrite(started, 'tools/coverage.json', '{\n  "check-coverage": false\n}\n');
    await untilFound(client, named, rule, [1]);
    // The command.
    rewrite(started, 'cart/package.json', script('c8 node --test'));
    await untilFound(client, named, rule, []);
    await untilFound(client, folder.uri('cart/package.json'), rule, [2]);
    // A package that gives all of the configuration.
    rewrite(started, 'cart/package.json', script('jest'));
    folder.write('cart/jest.config.js', "module.exports = require('@harbour/jest-base');\n");
    const user = folder.uri('cart/jest.config.js');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: user, type: 1 }] });
    await untilFound(client, user, rule, [0]);
    const threshold = 'coverageThreshold: { global: { lines: 90 } }';
    rewrite(started, 'jest-base/whole.js', `module.exports = { testEnvironment: 'node', ${threshold} };\n`);
    await untilFound(client, user, rule, []);
    // What its package.json says of where others find it.
    rewrite(started, 'jest-base/package.json', '{ "name": "@harbour/jest-base", "main": "./part.js" }\n');
    rewrite(started, 'jest-base/part.js', 'module.exports = { clearMocks: true };\n');
    await untilFound(client, user, rule, [0]);
  });
});
