import { z } from 'zod';
import { rule } from '#api';
import { preparesData } from '../../_shared/places.ts';
import { hoist } from './fixes.ts';
import { CALLED, connectsTo, type Making, mayMake } from './makers.ts';
import { howOften } from './perCall.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Clients of databases that are made anew for each request or call.',
    promise: 'Clients of databases are made once and shared',
    topics: [
      'connection pool',
      'connection pooling',
      'PrismaClient',
      'singleton client',
      'connection leak',
      'shared client',
    ],
    subject: ['PrismaClient', 'Pool', 'createClient', 'createPool', 'MongoClient', 'mongoose', 'ioredis', 'Sequelize'],
    references: [
      {
        title: 'Prisma: connection management',
        url: 'https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections',
      },
      { title: 'node-postgres: pooling', url: 'https://node-postgres.com/features/pooling' },
      {
        title: 'CWE-772: Missing Release of Resource after Effective Lifetime',
        url: 'https://cwe.mitre.org/data/definitions/772.html',
      },
    ],
    messages: {
      request:
        'Every request opens connections to {target} of its own, until no more are taken. Make the client once, at module level, and share it.',
      call: 'Every call opens connections to {target} of its own and closes none, until no more are taken. Make the client once, at module level, and share it.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      NewExpression: {
        named: (name) => CALLED.has(name) || name === 'connect',
        imported: true,
        listen: (node, ctx): Making | undefined => (mayMake(node, ctx.header) ? node : undefined),
      },
      CallExpression: {
        named: (name) => CALLED.has(name) || name === 'connect',
        imported: true,
        listen: (node, ctx): Making | undefined => (mayMake(node, ctx.header) ? node : undefined),
      },
    },
    each(node, ctx) {
      if (preparesData(ctx.header.localPath)) return;
      const target = connectsTo(node, ctx.header);
      const often = target === undefined ? undefined : howOften(node, ctx);
      if (target !== undefined && often !== undefined) ctx.report(node, often, { target });
    },
  },
  fixes: { request: [hoist], call: [hoist] },
});
