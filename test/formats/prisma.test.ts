import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed, textsOf } from './spans.ts';

test('reads models, enums and settings with attributes over lines', () => {
  const text =
    '\ufeff// c\r\ndatasource db {\r\n  provider = "postgresql"\r\n  url = env("U") // x\r\n}\r\n/// doc\r\nmodel User {\r\n  id Int @id @default(autoincrement())\r\n  posts Post[] @relation("x)", fields: [a,\r\n b]) /* b */\r\n  u Unsupported("c(")?\r\n  @@index([a, b(ops: raw("x"))])\r\n}\r\nenum R { A @map("😀") }\r\n';
  const document = parsed('prisma', text);
  assert.deepEqual(document.problems, []);
  assert.deepEqual(textsOf(document, document.comments), ['// c', '// x', '/// doc', '/* b */']);
  assert.deepEqual(
    document.blocks.map(({ keyword, name, fields, attributes }) => [
      keyword,
      name,
      fields.map((field) => [field.name, field.type, ...field.attributes.map((a) => `${a.name}(${a.argument})`)]),
      attributes.map((a) => `${a.name}(${a.argument})`),
    ]),
    [
      [
        'datasource',
        'db',
        [
          ['provider', '"postgresql"'],
          ['url', 'env("U")'],
        ],
        [],
      ],
      [
        'model',
        'User',
        [
          ['id', 'Int', 'id()', 'default(autoincrement())'],
          ['posts', 'Post[]', 'relation("x)", fields: [a,\r\n b])'],
          ['u', 'Unsupported("c(")?'],
        ],
        ['index([a, b(ops: raw("x"))])'],
      ],
      ['enum', 'R', [['A', '', 'map("😀")']], []],
    ],
  );
});

test('a broken line costs itself, an open block keeps what it has', () => {
  const document = parsed('prisma', 'junk\nmodel A {\n  ? x\n  id Int ) z\n  b String @db(\n}\nmodel B {\n  c Int');
  assert.deepEqual(
    document.blocks.map(({ name, fields }) => [name, ...fields.map((field) => field.name)]),
    [
      ['A', 'id', 'b'],
      ['B', 'c'],
    ],
  );
  assert.deepEqual(textsOf(document, document.problems), ['junk', '? x', ') z', '(', 'model B']);
});
