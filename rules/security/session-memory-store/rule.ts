import { z } from 'zod';
import { rule } from '#api';
import { keepsInMemory, sessionFact } from './memoryStore.ts';
import { useMongo } from './useMongo.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Sessions of Express that are kept in the memory of the process.',
    promise: 'Sessions are kept in a store that outlives the process',
    topics: ['session store', 'MemoryStore', 'sessions in memory', 'express-session'],
    subject: ['express-session', 'session'],
    references: [
      {
        title: 'express-session: compatible session stores',
        url: 'https://expressjs.com/en/resources/middleware/session.html',
      },
      { title: 'CWE-401: Missing Release of Memory', url: 'https://cwe.mitre.org/data/definitions/401.html' },
    ],
    messages: {
      memory:
        'Without a store, sessions stay in the memory of this process: they are never freed, are lost with every restart, and a second instance does not know them. Give it a store.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: /^default$/, imported: true, listen: sessionFact } },
    each(call, ctx) {
      const place = keepsInMemory(call, ctx);
      if (place !== undefined) ctx.report(place, 'memory');
    },
  },
  fixes: { memory: [{ title: 'Keep sessions in MongoDB (connect-mongo)', safety: 'suggest', edits: useMongo }] },
});
