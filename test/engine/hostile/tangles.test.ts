import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostileWorkspace, MAX_SLICE, root } from './hostileWorkspace.ts';

const DEPTH = 40;
const levels = Array.from({ length: DEPTH }, (_, n) => n);

/** What the many ways end in; every rule that follows values meets them in one of its sinks. */
const TANGLES: Readonly<Record<string, string>> = {
  'constants that choose among constants': levels
    .map((n) => `const a${n} = on ? a${n + 1} : b${n + 1}; const b${n} = b${n + 1} ?? a${n + 1};`)
    .join('\n'),
  'constants that stand for each other': 'const a0 = b0; const b0 = a0;',
  'functions that call two others': levels
    .map(
      (n) =>
        `function a${n}(v) { return on ? a${n + 1}(v) : b${n + 1}(v); } function b${n}(v) { return a${n + 1}(v); }`,
    )
    .join('\n'),
  'objects spread twice': levels.map((n) => `const a${n} = { ...a${n + 1}, x: a${n + 1}, ...a${n + 1} };`).join('\n'),
  'texts joined twice': levels.map((n) => `const a${n} = a${n + 1} + '-' + a${n + 1};`).join('\n'),
  'conditions that repeat themselves': levels.map((n) => `const a${n} = !(a${n + 1} && a${n + 1});`).join('\n'),
  'a text of many parts': `const a0 = ${"req.query.q + 'x' + ".repeat(400)}'';`,
  'a long chain': `const a0 = prisma.user${'.a()'.repeat(400)};`,
  'a long chain of unknown members': `const a0 = window.some${'.a?.b'.repeat(400)};`,
};

/** Heads of chains, of values that some rule knows. */
const HEADS = [
  'prisma.user',
  'redis',
  'knex("t")',
  'app',
  'router',
  'axios',
  'jwt',
  'res',
  'req',
  'io',
  'ctx',
  'z',
  'logger',
];

const code = (tangle: string): string => `
import express from 'express'; import axios from 'axios'; import jwt from 'jsonwebtoken'; import Redis from 'ioredis';
import { PrismaClient } from '@prisma/client'; import fs from 'fs'; import { exec } from 'child_process'; import { Pool } from 'pg';
import { Server } from 'socket.io'; import { BrowserWindow, shell, ipcMain } from 'electron'; import helmet from 'helmet';
import cors from 'cors'; import session from 'express-session'; import multer from 'multer'; import crypto from 'crypto';
const app = express(); const prisma = new PrismaClient(); const redis = new Redis(); const db = new Pool(); const on = process.env.FLAG;
${tangle}
app.use(a0, helmet(a0), cors(a0), session(a0), express.json(a0), multer(a0).single('x'));
app.post('/login', async (req, res, next) => {
  if (a0 || process.env.SKIP_AUTH === a0) return next();
  res.redirect(a0); res.cookie('session', a0, a0); res.status(500).json(a0); res.sendFile(a0);
  await fetch(a0, a0); await axios.get(a0, a0); await db.query(a0, a0); await prisma.user.findMany(a0); await redis.set('k', a0);
  fs.readFileSync(a0); exec(a0); eval(a0); JSON.parse(a0); jwt.sign(a0, a0, a0); jwt.verify(a0, a0, a0); crypto.createHash(a0);
  const timer = setInterval(a0, a0); setTimeout(a0); process.on('exit', a0);
  await Promise.all(a0.map(async (x) => prisma.user.update(x))); [1].sort(a0); console.log(a0); await prisma.$transaction(a0);
  ${HEADS.map((head) => `await ${head}${'.a(a0)'.repeat(120)};`).join('\n  ')}
});
const frame = document.createElement('iframe'); frame.sandbox = a0; frame.src = a0; frame.innerHTML = a0; frame.contentWindow.postMessage(a0, a0);
window.addEventListener('message', a0); new BrowserWindow(a0); shell.openExternal(a0); ipcMain.handle('x', a0); new Server(a0);
export const encrypt = (v) => Buffer.from(a0).toString('base64'); export const apiKey = a0; export default a0;
`;

const packages = {
  name: 'tangled',
  dependencies: Object.fromEntries(
    [
      'express',
      'axios',
      'jsonwebtoken',
      'ioredis',
      '@prisma/client',
      'pg',
      'knex',
      'mongoose',
      'typeorm',
      'socket.io',
      'electron',
      'helmet',
    ].map((name) => [name, '^4.0.0']),
  ),
};

describe('names that are not typed yet', () => {
  for (const [name, pattern] of [
    ['members', /\.[\w$]+/g],
    ['texts', /(?<=')[^'\n]+(?=')/g],
    ['arguments', /\([^()\n]*\)/g],
  ] as const) {
    it(name, async () => {
      const path = `${root}/src/typing.ts`;
      const hostile = hostileWorkspace({ files: { [`${root}/package.json`]: JSON.stringify(packages) } });
      const { workspace } = hostile;
      const text = code('const a0 = process.env.A; if (process.env.B) f(process.env.C!, +process.env.D);');
      const half = text.replaceAll(pattern, (whole) =>
        whole.startsWith('.') ? '.' : whole.startsWith('(') ? '()' : '',
      );
      workspace.open(path, 'typescript', 1, half);
      await hostile.check(path);
      assert.deepEqual(workspace.failures(), []);
      workspace.dispose();
    });
  }
});

describe('values that can be followed in very many ways', () => {
  for (const [name, tangle] of Object.entries(TANGLES)) {
    it(name, async () => {
      const path = `${root}/src/tangled.ts`;
      const hostile = hostileWorkspace({ files: { [`${root}/package.json`]: JSON.stringify(packages) } });
      const { workspace } = hostile;
      hostile.timed('opening', () => workspace.open(path, 'typescript', 1, code(tangle)));
      await hostile.check(path);
      assert.deepEqual(workspace.skipped(), []);
      assert.deepEqual(workspace.failures(), []);
      assert.ok(hostile.longest.ms < MAX_SLICE, `${hostile.longest.what} took ${hostile.longest.ms} ms`);
      workspace.dispose();
    });
  }
});
