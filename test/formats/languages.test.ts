import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowsComments, languageOfEditorId, languageOfPath } from '#engine/formats/index.ts';

test('the name of a file tells how it is read', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    source: [
      '/a/b.ts',
      '/a/b.d.mts',
      '/a/b.cts',
      '/a/B.TSX',
      '/a/b.cjs',
      '/a/.env.ts',
      '/a/Dockerfile.ts',
      '/a/.eslintrc.js',
    ],
    json: [
      '/a/package.json',
      '/a/tsconfig.base.json',
      '/a/x.jsonc',
      '/a/b.code-workspace',
      '/a/.babelrc',
      '/a/.eslintrc',
    ],
    yaml: ['/a/docker-compose.yml', '/a/compose.prod.yaml', '/.github/workflows/ci.yml', '/a/.prettierrc'],
    dockerfile: ['/a/Dockerfile', '/a/Dockerfile.dev', '/a/api.dockerfile', '/a/Containerfile', '/a/dockerfile'],
    html: ['/a/index.html', '/a/b.htm'],
    markdown: ['/a/README.md', '/a/b.markdown'],
    dotenv: ['/a/.env', '/a/.env.local', '/a/.env.example', '/a/prod.env'],
    prisma: ['/a/prisma/schema.prisma'],
    shell: ['/a/ci.sh', '/a/test.bash'],
    makefile: ['/a/Makefile', '/a/makefile', '/a/GNUmakefile', '/a/rules.mk'],
    ignore: ['/a/.dockerignore', '/a/.containerignore', '/a/Dockerfile.dockerignore', '/a/api.Dockerfile.dockerignore'],
  };
  for (const [language, paths] of Object.entries(expected)) {
    for (const path of paths) assert.equal(languageOfPath(path), language, path);
  }
  for (const path of ['/a/b.png', '/a/ci', '/a/.envrc', '/a/.gitignore', '/a.ts/b', '/a/environment']) {
    assert.equal(languageOfPath(path), undefined, path);
  }
});

test('editors name languages where the path does not', () => {
  assert.equal(languageOfEditorId('typescriptreact'), 'source');
  assert.equal(languageOfEditorId('dockercompose'), 'yaml');
  assert.equal(languageOfEditorId('python'), undefined);
});

test('comments are allowed where the tool that reads the file allows them', () => {
  for (const path of [
    '/a/tsconfig.build.json',
    '/a/jsconfig.json',
    '/a/.vscode/settings.json',
    '/a/airworthy.json',
    '/a/b.jsonc',
  ]) {
    assert.ok(allowsComments(path), path);
  }
  for (const path of [
    '/a/package.json',
    '/a/data.json',
    '/a/package-lock.json',
    '/vscode/settings.json',
    '/a/mytsconfig.json',
  ]) {
    assert.ok(!allowsComments(path), path);
  }
});
