import { z } from 'zod';
import { type MessageData, rule, type ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { preparesData } from '../../_shared/places.ts';
import { scanInstead } from './scanInstead.ts';

/** Commands by the names that clients give them. */
const COMMANDS: ReadonlyMap<string, 'keys' | 'flush'> = new Map([
  ['keys', 'keys'],
  ['flushall', 'flush'],
  ['flushAll', 'flush'],
  ['flushdb', 'flush'],
  ['flushDb', 'flush'],
]);

/** `map.keys()` takes nothing, so a call with a pattern is the rare one. */
function command(node: ts.CallExpression): 'keys' | 'flush' | undefined {
  const found = COMMANDS.get(calledName(node) ?? '');
  return found === 'keys' && node.arguments.length === 0 ? undefined : found;
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Redis commands that walk or drop the whole database while everybody waits.',
    promise: 'Redis is never asked for all of its keys at once',
    topics: ['redis keys', 'KEYS command', 'scan', 'flushall', 'flushdb', 'scanIterator'],
    subject: ['redis', 'valkey'],
    references: [
      { title: 'Redis: KEYS', url: 'https://redis.io/docs/latest/commands/keys/' },
      { title: 'Redis: SCAN', url: 'https://redis.io/docs/latest/commands/scan/' },
      {
        title: 'CWE-1050: Excessive Platform Resource Consumption',
        url: 'https://cwe.mitre.org/data/definitions/1050.html',
      },
    ],
    messages: {
      keys: 'KEYS goes through every key of the database, and Redis answers nobody else until it is done. Walk the keys in steps with SCAN, or keep the names you need in a set.',
      flush:
        '{command} drops every key of the database, also those of other services and of queues. Delete the keys that are meant, found with SCAN or kept in a set.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: { named: COMMANDS, listen: (node) => (command(node) === undefined ? undefined : node) },
    },
    each(node, ctx) {
      if (preparesData(ctx.header.localPath)) return;
      const call = dataCall(node, ctx);
      const message = command(node);
      if (message === undefined || call?.kind !== 'redis' || call.node !== node || call.role !== 'client') return;
      const data: MessageData = message === 'flush' ? { command: call.method.toUpperCase() } : {};
      ctx.report(node, message, data);
    },
  },
  fixes: { keys: [scanInstead] },
});
