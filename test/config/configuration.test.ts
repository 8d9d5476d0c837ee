import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConfiguration } from '#engine/config/configuration.ts';
import { editorSettings } from '#engine/config/editorSettings.ts';
import { createMemoryHost } from '#host/memory.ts';
import { sampleRules } from './rules.ts';

function configuration(files: Readonly<Record<string, string>>, more: { settings?: unknown; file?: string } = {}) {
  const host = createMemoryHost(files);
  return { host, config: createConfiguration({ root: '/repo', host, rules: sampleRules, ...more }) };
}

/** `[text under the squiggle, message]` of each problem. */
function problemsOf(files: Readonly<Record<string, string>>, config: ReturnType<typeof configuration>['config']) {
  return config.problems().map(({ path, span, message }) => [files[path]?.slice(span.start, span.end), message]);
}

test('without any file the defaults of the rules apply', () => {
  const { config } = configuration({});
  const resolved = config.for('/repo/src/a.ts');
  assert.deepEqual(resolved.rule('security/open-door'), { priority: undefined, options: { allow: [], limit: 3 } });
  assert.equal(resolved.rule('resources/running-tap'), undefined);
  assert.equal(resolved.rule('no/such-rule'), undefined);
  assert.equal(resolved.excluded, false);
  assert.deepEqual(config.problems(), []);
});

test('rules are switched, given priorities and options, with comments and trailing commas', () => {
  const { config } = configuration({
    '/repo/airworthy.json': `{
      // ours
      "rules": {
        "security/open-door": { "priority": "P0", "options": { "limit": 5 } },
        "security/unlocked-window": "off",
        "resources/running-tap": "P3", /* on, although off by default */
      },
    }`,
  });
  const resolved = config.for('/repo/src/a.ts');
  assert.deepEqual(resolved.rule('security/open-door'), { priority: 'P0', options: { allow: [], limit: 5 } });
  assert.equal(resolved.rule('security/unlocked-window'), undefined);
  assert.deepEqual(resolved.rule('resources/running-tap'), { priority: 'P3', options: {} });
  assert.deepEqual(config.problems(), []);
});

test('a category sets its rules, a rule beats its category, and "on" does not wake rules that are off by default', () => {
  const { config } = configuration({
    '/repo/airworthy.json':
      '{ "categories": { "security": "off", "resources": "on" }, "rules": { "security/open-door": "on" } }',
  });
  const resolved = config.for('/repo/a.ts');
  assert.notEqual(resolved.rule('security/open-door'), undefined);
  assert.equal(resolved.rule('security/unlocked-window'), undefined);
  assert.equal(resolved.rule('resources/running-tap'), undefined);
});

test('the nearest file wins and is not mixed with those above', () => {
  const { config } = configuration({
    '/repo/airworthy.json': '{ "rules": { "security/open-door": "off" } }',
    '/repo/packages/a/airworthy.json': '{ "rules": { "security/unlocked-window": "off" } }',
  });
  const inner = config.for('/repo/packages/a/src/x.ts');
  assert.notEqual(inner.rule('security/open-door'), undefined);
  assert.equal(inner.rule('security/unlocked-window'), undefined);
  assert.equal(config.for('/repo/packages/b/x.ts').rule('security/open-door'), undefined);
});

test('a file above the root counts inside the same repository only', () => {
  const above = { '/airworthy.json': '{ "rules": { "security/open-door": "off" } }' };
  assert.notEqual(configuration(above).config.for('/repo/a.ts').rule('security/open-door'), undefined);
  const inRepository = configuration({ ...above, '/.git/HEAD': 'ref: refs/heads/main' });
  assert.equal(inRepository.config.for('/repo/a.ts').rule('security/open-door'), undefined);
});

test('extends takes files and packages, later ones win, the file itself wins over all', () => {
  const { config } = configuration({
    '/repo/airworthy.json':
      '{ "extends": ["./base.json", "@acme/airworthy"], "rules": { "security/open-door": "P3" } }',
    '/repo/base.json':
      '{ "rules": { "security/open-door": { "priority": "P0", "options": { "limit": 9 } }, "security/unlocked-window": "P2" } }',
    '/repo/node_modules/@acme/airworthy/airworthy.json':
      '{ "rules": { "security/unlocked-window": "P1" }, "exclude": ["gen/**"] }',
  });
  const resolved = config.for('/repo/a.ts');
  assert.deepEqual(resolved.rule('security/open-door'), { priority: 'P3', options: { allow: [], limit: 9 } });
  assert.equal(resolved.rule('security/unlocked-window')?.priority, 'P1');
  assert.equal(
    config.for('/repo/gen/a.ts').excluded,
    true,
    "a package's globs are relative to the file that extends it",
  );
  assert.deepEqual(config.problems(), []);
});

test('a cycle of extends is reported where it closes, and the rest applies', () => {
  const files = {
    '/repo/airworthy.json': '{ "extends": "./a.json", "rules": { "security/open-door": "off" } }',
    '/repo/a.json': '{ "extends": ["./airworthy.json"], "rules": { "security/unlocked-window": "off" } }',
  };
  const { config } = configuration(files);
  const resolved = config.for('/repo/x.ts');
  assert.equal(resolved.rule('security/open-door'), undefined);
  assert.equal(resolved.rule('security/unlocked-window'), undefined);
  const problems = problemsOf(files, config);
  assert.equal(problems.length, 1);
  assert.equal(problems[0]?.[0], '"./airworthy.json"');
  assert.match(problems[0]?.[1] ?? '', /repo\/airworthy\.json → repo\/a\.json → repo\/airworthy\.json/);
});

test('a reference to nothing is reported at the reference', () => {
  const files = { '/repo/airworthy.json': '{ "extends": ["./gone.json", "gone", "../../etc/passwd", "/etc/passwd"] }' };
  const { config } = configuration(files);
  config.for('/repo/a.ts');
  assert.deepEqual(
    problemsOf(files, config).map(([text]) => text),
    ['"./gone.json"', '"gone"', '"../../etc/passwd"', '"/etc/passwd"'],
  );
});

test('every mistake is shown at its place and everything right still applies', () => {
  const files = {
    '/repo/airworthy.json': `{
  "colour": true,
  "include": ["src/**", 7, "!lib"],
  "rules": {
    "security/open-dor": "off",
    "security/open-door": { "priority": "P9", "options": { "limit": 0, "alow": [] } },
    "security/unlocked-window": "of",
    "resources/running-tap": "on"
  },
  "categories": { "secrity": "off" },
  "overrides": [
    { "rules": { "resources/running-tap": "off" } },
    { "files": ["src/**"], "rules": { "resources/running-tap": "P2" } }
  ],
  "providers": { "logger": ["./log", "./log#logger", "./gone/log.js#logger"], "loger": [] },
  "budgets": { "maxFileSize": "big" }
}`,
    '/repo/log.ts': '',
  };
  const { config } = configuration(files);
  const resolved = config.for('/repo/src/a.ts');
  assert.deepEqual(problemsOf(files, config), [
    [
      '"colour"',
      'Unknown setting "colour". Known here: "$schema", "extends", "include", "exclude", "rules", "categories", "overrides", "providers", "gateways", "budgets", "checklist".',
    ],
    ['7', 'Expected a text, found 7.'],
    ['"!lib"', 'A pattern cannot start with "!". List what to leave out under "exclude".'],
    ['"security/open-dor"', 'Unknown rule "security/open-dor". Did you mean "security/open-door"?'],
    ['"P9"', 'Expected "P0", "P1", "P2" or "P3", found "P9".'],
    ['0', 'Too small: expected number to be >=1.'],
    ['"alow"', 'The rule "security/open-door" has no option "alow". Did you mean "allow"?'],
    ['"of"', 'Expected "off", "on", "P0", "P1", "P2", "P3" or an object, found "of".'],
    ['"secrity"', 'Unknown category "secrity". Did you mean "security"?'],
    ['{ "rules": { "resources/running-tap": "off" } }', '"files" is missing here. Add it.'],
    ['"./log"', 'Expected "./path/to/module#export" or "package#export". Use "#default" for a default export.'],
    ['"./gone/log.js#logger"', 'There is no module "./gone/log.js". The path is relative to this file.'],
    ['"loger"', 'Unknown role "loger". Did you mean "logger"?'],
    ['"big"', 'Expected a number, found "big".'],
  ]);
  assert.deepEqual(resolved.rule('security/open-door'), { priority: undefined, options: { allow: [], limit: 3 } });
  assert.equal(resolved.rule('resources/running-tap')?.priority, 'P2');
  assert.deepEqual([...resolved.providers('logger')], ['/repo/log#logger', '/repo/gone/log#logger']);
  assert.equal(resolved.excluded, false);
  assert.equal(config.for('/repo/lib/a.ts').excluded, true);
  const tap = resolved.explain().find(({ setting }) => setting === 'rules.resources/running-tap');
  assert.equal(tap?.origin.at, 'overrides[1].rules.resources/running-tap');
});

test('broken JSON is reported at the place and what could be read applies', () => {
  const files = { '/repo/airworthy.json': '{ "rules": { "security/open-door": "off", "security/unlocked-window": } ' };
  const { config } = configuration(files);
  assert.equal(config.for('/repo/a.ts').rule('security/open-door'), undefined);
  assert.ok(config.problems().length > 0);
});

test('hostile files neither throw nor hang', () => {
  for (const text of [
    '',
    '\uFEFF{}',
    '[]',
    '"x"',
    'null',
    '{"rules": []}',
    '{"rules": null, "overrides": {}, "extends": 1}',
    '{"__proto__": {"rules": {}}, "rules": {"__proto__": "off", "constructor": "off"}}',
    '[{"a":'.repeat(20_000),
    `{"exclude": ["${'*a'.repeat(150)}", "${'{a,'.repeat(90)}", "(a+)+$"]}`,
    '\u0000\u0001',
  ]) {
    const { config } = configuration({ '/repo/airworthy.json': text });
    const started = performance.now();
    assert.equal(typeof config.for(`/repo/${'a'.repeat(200)}.ts`).hash, 'string');
    assert.ok(Array.isArray(config.problems()));
    assert.ok(performance.now() - started < 2000);
  }
});

test('a key written twice is reported', () => {
  const files = { '/repo/airworthy.json': '{ "exclude": ["a"], "exclude": ["b"] }' };
  const { config } = configuration(files);
  assert.equal(config.for('/repo/b/x.ts').excluded, true);
  assert.deepEqual(problemsOf(files, config), [
    ['"exclude"', '"exclude" is written twice; only the last one counts. Remove one of them.'],
  ]);
});

test('include and exclude: names at any depth, folders with their content, relative to the file', () => {
  const { config } = configuration({
    '/repo/airworthy.json': '{ "include": ["src", "app/(auth)"], "exclude": ["*.gen.ts", "./src/old", "legacy/"] }',
  });
  const excluded = (path: string) => config.for(`/repo/${path}`).excluded;
  assert.equal(excluded('src/a.ts'), false);
  assert.equal(excluded('app/(auth)/page.tsx'), false);
  assert.equal(excluded('app/page.tsx'), true);
  assert.equal(excluded('src/deep/x.gen.ts'), true);
  assert.equal(excluded('src/old/a.ts'), true);
  assert.equal(excluded('src/older/a.ts'), false);
  assert.equal(excluded('src/a/legacy/b/c.ts'), true);
});

test('overrides apply in order to the files they match', () => {
  const { config } = configuration({
    '/repo/airworthy.json': `{ "overrides": [
      { "files": ["scripts/**"], "rules": { "security/open-door": "off" } },
      { "files": ["scripts/release.ts"], "rules": { "security/open-door": "P3" } }
    ] }`,
  });
  assert.equal(config.for('/repo/src/a.ts').rule('security/open-door')?.priority, undefined);
  assert.equal(config.for('/repo/scripts/a.ts').rule('security/open-door'), undefined);
  assert.equal(config.for('/repo/scripts/release.ts').rule('security/open-door')?.priority, 'P3');
});

test('editor settings lie below every file, and mistakes in them are told apart', () => {
  const { config } = configuration(
    { '/repo/airworthy.json': '{ "rules": { "security/open-door": "P2" } }' },
    { settings: { rules: { 'security/open-door': 'off', 'security/unlocked-window': 'P3', nope: 'on' } } },
  );
  const resolved = config.for('/repo/a.ts');
  assert.equal(resolved.rule('security/open-door')?.priority, 'P2');
  assert.equal(resolved.rule('security/unlocked-window')?.priority, 'P3');
  assert.deepEqual(
    config.settingsProblems.map(({ at }) => at),
    ['rules.nope'],
  );
  assert.deepEqual(config.problems(), []);
});

test('a selection runs the named rules whatever the files say, and nothing else', () => {
  const host = createMemoryHost({ '/repo/airworthy.json': '{ "rules": { "security/open-door": "off" } }' });
  const of = (only: { rules: readonly string[]; categories: readonly string[] }) => {
    const resolved = createConfiguration({ root: '/repo', host, rules: sampleRules, only }).for('/repo/a.ts');
    return sampleRules.filter(({ id }) => resolved.rule(id) !== undefined).map(({ id }) => id);
  };
  assert.deepEqual(of({ rules: ['security/open-door', 'resources/running-tap'], categories: [] }), [
    'security/open-door',
    'resources/running-tap',
  ]);
  assert.deepEqual(of({ rules: [], categories: ['security'] }), ['security/unlocked-window']);
});

test('an explicit file replaces the nearest one, with globs relative to the root', () => {
  const { config } = configuration(
    {
      '/elsewhere/strict.json': '{ "exclude": ["gen"], "rules": { "security/open-door": "P0" } }',
      '/repo/airworthy.json': '{ "rules": { "security/open-door": "off" } }',
    },
    { file: '/elsewhere/strict.json' },
  );
  assert.equal(config.for('/repo/a.ts').rule('security/open-door')?.priority, 'P0');
  assert.equal(config.for('/repo/gen/a.ts').excluded, true);
});

test('providers add up over extends and are resolved to modules', () => {
  const { config } = configuration({
    '/repo/airworthy.json':
      '{ "extends": "./shared/base.json", "providers": { "rateLimiter": ["./src/mw/limit.ts#apiLimiter", "node:x#y"] } }',
    '/repo/shared/base.json': '{ "providers": { "rateLimiter": ["./limit/index#default", "@acme/limit#a.b"] } }',
  });
  assert.deepEqual(
    [...config.for('/repo/a.ts').providers('rateLimiter')],
    ['/repo/shared/limit#default', '@acme/limit#a.b', '/repo/src/mw/limit#apiLimiter', 'x#y'],
  );
});

test('hashes follow what applies, not how it is written', () => {
  const hash = (text: string) => configuration({ '/repo/airworthy.json': text }).config.for('/repo/a.ts').hash;
  const base = hash(
    '{ "rules": { "security/open-door": { "priority": "P0", "options": { "limit": 2, "allow": [] } } } }',
  );
  assert.equal(
    hash('{ "rules": { "security/open-door": { "options": { "allow": [], "limit": 2 }, "priority": "P0" } } } // x'),
    base,
  );
  assert.notEqual(hash('{ "rules": { "security/open-door": { "priority": "P0", "options": { "limit": 4 } } } }'), base);
  assert.match(base, /^[0-9a-f]{16}$/);
});

test('invalidate reads everything anew', () => {
  const { host, config } = configuration({});
  assert.notEqual(config.for('/repo/a.ts').rule('security/open-door'), undefined);
  host.write('/repo/airworthy.json', '{ "rules": { "security/open-door": "off" } }');
  config.invalidate();
  assert.equal(config.for('/repo/a.ts').rule('security/open-door'), undefined);
});

test('explain names the place of each decision', () => {
  const { config } = configuration({
    '/repo/airworthy.json': `{ "extends": "./base.json", "exclude": ["x"], "categories": { "security": "P2" },
      "overrides": [{ "files": ["a.ts"], "rules": { "security/open-door": { "options": { "limit": 8 } } } }] }`,
    '/repo/base.json': '{ "rules": { "resources/running-tap": "on" } }',
  });
  const at = (setting: string) => {
    const found = config
      .for('/repo/a.ts')
      .explain()
      .find((entry) => entry.setting === setting);
    return found && [found.value, found.origin.source, found.origin.at];
  };
  assert.deepEqual(at('exclude'), [['x'], '/repo/airworthy.json', 'exclude']);
  assert.deepEqual(at('rules.security/open-door'), ['on', '/repo/airworthy.json', 'categories.security']);
  assert.deepEqual(at('rules.security/open-door.options'), [
    { allow: [], limit: 8 },
    '/repo/airworthy.json',
    'overrides[0].rules.security/open-door.options',
  ]);
  assert.deepEqual(at('rules.resources/running-tap'), ['on', '/repo/base.json', 'rules.resources/running-tap']);
  assert.deepEqual(at('budgets.maxFileSize'), [4 * 1024 * 1024, 'default', '']);
});

test('checklist globs say which documents are checklists', () => {
  const { config } = configuration({
    '/repo/airworthy.json': '{ "checklist": { "include": ["docs/*.md"], "exclude": ["docs/old.md"] } }',
  });
  assert.equal(config.for('/repo/docs/go-live.md').checklist, 'included');
  assert.equal(config.for('/repo/docs/old.md').checklist, 'excluded');
  assert.equal(config.for('/repo/README.md').checklist, undefined);
});

test('rules and categories under the wrong name are told where they belong', () => {
  const files = {
    '/repo/airworthy.json': '{ "rules": { "security": "off" }, "categories": { "security/open-door": "off" } }',
  };
  const { config } = configuration(files);
  config.for('/repo/a.ts');
  assert.deepEqual(problemsOf(files, config), [
    ['"security"', '"security" is a category, not a rule. Put it under "categories".'],
    ['"security/open-door"', '"security/open-door" looks like a rule. Put it under "rules".'],
  ]);
});

test('an editor may name rules and categories in one map', () => {
  const settings = editorSettings({ security: 'off', 'security/open-door': 'P3', 'resources/running-tap': 'on' });
  const { config } = configuration({}, { settings });
  const resolved = config.for('/repo/a.ts');
  assert.deepEqual(config.settingsProblems, []);
  assert.equal(resolved.rule('security/unlocked-window'), undefined);
  assert.equal(resolved.rule('security/open-door')?.priority, 'P3');
  assert.notEqual(resolved.rule('resources/running-tap'), undefined);
});

test('gateways add up over extends, and stand before the files that their globs name', () => {
  const { config } = configuration({
    '/repo/airworthy.json':
      '{ "extends": "./shared/base.json", "gateways": [{ "name": "Kong", "apps": ["api/**"], "does": ["rateLimit", "authentication"] }] }',
    '/repo/shared/base.json': '{ "gateways": [{ "does": ["securityHeaders"] }] }',
  });
  const before = (path: string) =>
    config
      .for('/repo/airworthy.json')
      .gatewaysBefore(path)
      .map(({ name, does }) => `${name}: ${[...does].join()}`);
  assert.deepEqual(before('/repo/web/app.ts'), ['a gateway: securityHeaders']);
  assert.deepEqual(before('/repo/api/app.ts'), ['a gateway: securityHeaders', 'Kong: rateLimit,authentication']);
});

test('a gateway that does nothing known is a mistake, and changes what results are kept by', () => {
  const { config } = configuration({ '/repo/airworthy.json': '{ "gateways": [{ "does": ["everything"] }] }' });
  assert.deepEqual(config.for('/repo/a.ts').gatewaysBefore('/repo/a.ts'), []);
  assert.deepEqual(
    config.problems().map(({ message }) => message),
    ['Expected "rateLimit", "authentication", "securityHeaders" or "csrfProtection", found "everything".'],
  );
  const hash = (text: string) => configuration({ '/repo/airworthy.json': text }).config.for('/repo/a.ts').hash;
  const one = hash('{ "gateways": [{ "does": ["rateLimit"] }] }');
  assert.notEqual(one, hash('{}'));
  assert.notEqual(one, hash('{ "gateways": [{ "does": ["authentication"] }] }'));
});
