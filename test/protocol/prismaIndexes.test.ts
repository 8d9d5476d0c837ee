import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { shippedServer } from './support/bundle.ts';
import type { Client, Folder } from './support/client.ts';
import { start } from './support/start.ts';

const rule = 'data/missing-index';

const schema = `model Boat {
  id     Int    @id
  owner  String
  shipId Int
  ship   Ship   @relation(fields: [shipId], references: [id])
}

model Ship {
  id    Int    @id
  boats Boat[]
}
`;

const queries = `import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();
const withBoats = { boats: true };
export const ofOwner = (owner: string) => prisma.boat.findMany({ where: { owner } });
export const ship = (id: number) => prisma.ship.findUnique({ where: { id }, include: withBoats });
`;

function project(folder: Folder): void {
  folder.write(
    'package.json',
    '{ "name": "harbour", "private": true, "dependencies": { "@prisma/client": "^6.0.0" } }\n',
  );
  folder.write('prisma/schema.prisma', schema);
  folder.write('src/boats.ts', queries);
}

/** Waits until the rule's findings in a file stand in exactly these lines, counted from 0. */
async function untilFound(client: Client, uri: string, lines: readonly number[]): Promise<void> {
  const found = () =>
    client
      .diagnostics(uri)
      .flatMap(({ code, range }) => (code === rule ? [range.start.line] : []))
      .sort()
      .join();
  await client.until(`${rule} in the lines ${lines.join()}`, () => found() === lines.join());
}

describe('indexes of a Prisma schema', { timeout: 600_000 }, () => {
  before(() => assert.ok(existsSync(shippedServer), 'dist/server.cjs is missing; run `npm run build`.'));

  it('are missed until the schema has them, and again when a query asks for another', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, project);
    const uri = folder.uri('prisma/schema.prisma');
    const code = folder.uri('src/boats.ts');
    await untilFound(client, uri, [2, 3]);

    client.open(uri, schema);
    client.replace(uri, 'references: [id])\n', 'references: [id])\n\n  @@index([owner, shipId])\n');
    await untilFound(client, uri, [3]);
    client.replace(uri, '  @@index([owner, shipId])\n', '  @@index([owner])\n  @@index([shipId])\n');
    await untilFound(client, uri, []);

    client.replace(uri, '  @@index([shipId])\n', '');
    await untilFound(client, uri, [3]);
    client.open(code, queries);
    client.replace(code, '{ boats: true }', '{}');
    await untilFound(client, uri, []);
  });
});
