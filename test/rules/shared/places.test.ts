import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FOLDERS, inFolders, isOutsideService, isStartedByHand, preparesData } from '#rules/_shared/places.ts';

const paths = {
  '/src/orders/service.ts': [],
  '/scripts/report.ts': ['byHand', 'data', 'outside'],
  '/packages/api/src/bin/start.ts': ['byHand', 'data', 'outside'],
  '/db/migrations/001_users.ts': ['byHand', 'data', 'outside'],
  '/examples/basic/server.ts': ['byHand', 'outside'],
  '/src/examples.ts': [],
  '/packages/discord/src/mock.ts': ['outside'],
  '/src/tools/search.ts': ['byHand', 'data'],
  '/tools/release.ts': ['byHand', 'data', 'outside'],
  '/packages/tools/release.ts': ['byHand', 'data', 'outside'],
  '/src/dev/reload.ts': ['data'],
  '/src/db/seed.ts': ['byHand', 'data', 'outside'],
  '/src/create-admin.ts': ['byHand'],
  '/src/migrateUsers.ts': ['data'],
  '/src/users.seed.ts': ['data'],
  '/src/resetDb.ts': ['data'],
  '/src/clear-test-data.js': ['data'],
  '/src/users/password-reset.service.ts': [],
  '/src/routes/resetPassword.ts': [],
  '/src/cart/clearCart.ts': [],
  '/src/queue/proceed.ts': [],
  '/vite.config.ts': ['outside'],
  '/src/types.d.ts': ['outside'],
  '/src/api.mock.ts': ['outside'],
};

describe('what a path says about its purpose', () => {
  for (const [path, purposes] of Object.entries(paths)) {
    it(`${path}: ${purposes.join(', ') || 'the program itself'}`, () => {
      const asked = { byHand: isStartedByHand, data: preparesData, outside: isOutsideService };
      const told = Object.entries(asked).flatMap(([purpose, ask]) => (ask(path) ? [purpose] : []));
      assert.deepEqual(told, purposes);
      assert.equal(isOutsideService(path.slice(1)), isOutsideService(path), 'with or without the slash in front');
    });
  }

  it('finds a word as a whole folder, wherever it lies', () => {
    const demos = inFolders(FOLDERS.demos);
    assert.deepEqual(
      ['/demo/a.ts', 'Examples/a.ts', '/src/sample/a.ts', '/src/demo.ts', '/src/demography/a.ts'].map((path) =>
        demos.test(path),
      ),
      [true, true, true, false, false],
    );
  });
});
