/** What rules ask about the environment: which variable an expression reads, and how its value is used there. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ts } from '#engine/ts.ts';
import { directRead } from '#rules/_shared/env/directRead.ts';
import { namesStage, stageMeant } from '#rules/_shared/env/stages.ts';
import { usage } from '#rules/_shared/env/usage.ts';
import { variableRead } from '#rules/_shared/env/variableRead.ts';
import { isAddressVariable, isBuildTimeVariable, isPlatformVariable } from '#rules/_shared/env/variables.ts';
import { callsOf, nodesOf, sourceView } from './sourceView.ts';

describe('reads of the environment', () => {
  const cases: readonly (readonly [text: string, direct: string | undefined, followed: string | undefined])[] = [
    ['use(process.env.X);', 'X', 'X'],
    ['use(process.env["X"]);', 'X', 'X'],
    ['use(process.env?.X!);', 'X', 'X'],
    ['use((process.env.X as string));', 'X', 'X'],
    ['use(globalThis.process.env.X);', 'X', 'X'],
    ['use(Bun.env.X);', 'X', 'X'],
    ['use(Deno.env.get("X"));', 'X', 'X'],
    ['import { env } from "node:process"; use(env.X);', 'X', 'X'],
    ['const { env } = process; use(env.X);', 'X', 'X'],
    ['const { X } = process.env; use(X);', undefined, 'X'],
    ['const x = process.env.X; use(x);', undefined, 'X'],
    ['const settings = schema.parse(process.env); use(settings.X);', undefined, 'X'],
    ['use(process.env[name]);', undefined, undefined],
    ['const process = { env: {} }; use(process.env.X);', undefined, undefined],
    ['use(headers.get("X"));', undefined, undefined],
    ['use(settings.X);', undefined, undefined],
  ];
  for (const [text, direct, followed] of cases) {
    test(text, () => {
      const source = sourceView(text);
      const argument = callsOf(source.file, 'use')[0]?.arguments[0];
      assert.ok(argument);
      assert.equal(directRead(argument, source.header), direct);
      assert.equal(variableRead(argument, source), followed);
    });
  }
});

test('the use of a variable says what happens without it', () => {
  const used = (text: string): string => {
    const source = sourceView(text);
    const read = nodesOf(source.file, ts.isPropertyAccessExpression).find((node) => directRead(node, source.header));
    assert.ok(read);
    const { use, numeric, compared } = usage(read);
    return [use, ...(numeric ? ['numeric'] : []), ...compared].join(' ');
  };
  assert.equal(used('connect(process.env.X);'), 'required');
  assert.equal(used('connect(process.env.X ?? "a");'), 'default');
  assert.equal(used('const n = Number(process.env.X);'), 'required numeric');
  assert.equal(used('if (process.env.X === "on") go();'), 'optional on');
  assert.equal(used('if (!process.env.X) go();'), 'optional');
});

test('stages are named and compared', () => {
  assert.equal(namesStage('NODE_ENV'), true);
  assert.equal(namesStage('NODE_OPTIONS'), false);
  assert.equal(stageMeant('prod'), 'production');
  assert.equal(stageMeant('local'), 'development');
  assert.equal(stageMeant('staging'), undefined);
});

test('variables that others set are told from those of the program', () => {
  assert.deepEqual(['NODE_ENV', 'CI', 'npm_package_version', 'DATABASE_URL'].map(isPlatformVariable), [
    true,
    true,
    true,
    false,
  ]);
  assert.deepEqual(['NEXT_PUBLIC_URL', 'VITE_KEY', 'PUBLISHER'].map(isBuildTimeVariable), [true, true, false]);
  assert.deepEqual(['PORT', 'HOST', 'REDIS_PORT'].map(isAddressVariable), [true, true, false]);
});
