import { z } from 'zod';
import { rule, type ts } from '#api';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { isStartedByHand } from '../../_shared/places.ts';
import { WORK_NAMES, workAround } from '../../_shared/web/workFunctions.ts';
import { type BlockingCall, blockingCall, isKept } from './blockingCalls.ts';
import { useAsync } from './useAsync.ts';

interface Fact extends BlockingCall {
  readonly call: ts.CallExpression;
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Calls that block the event loop while requests, events or jobs are handled.',
    promise: 'No handler blocks the event loop',
    topics: ['event loop', 'blocking call', 'synchronous file', 'readFileSync', 'execSync', 'sync I/O'],
    subject: ['fs', 'crypto', 'zlib', 'child_process', 'bcrypt', 'bcryptjs', 'fs-extra'],
    references: [
      {
        title: "Node.js: Don't block the event loop",
        url: 'https://nodejs.org/en/learn/asynchronous-work/dont-block-the-event-loop',
      },
      { title: 'CWE-400: Uncontrolled Resource Consumption', url: 'https://cwe.mitre.org/data/definitions/400.html' },
    ],
    messages: {
      blocks:
        '{name} in {place} holds up the whole process: nobody else is served until it is done. Await the asynchronous function instead.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /Sync$/,
        imported: true,
        listen: (call, { header }): Fact | undefined => {
          const found = blockingCall(call, header);
          return found === undefined || isStartedByHand(header.localPath) ? undefined : { ...found, call };
        },
      },
    },
    each({ call, name }, ctx) {
      const work = workAround(call, ctx);
      if (work === undefined || isKept(call) || isDevelopmentOnly(call)) return;
      ctx.report(call.expression, 'blocks', { name, place: WORK_NAMES[work] });
    },
  },
  fixes: { blocks: [useAsync] },
});
