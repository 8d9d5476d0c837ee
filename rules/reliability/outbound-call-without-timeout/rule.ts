import { z } from 'zod';
import { rule } from '#api';
import { addTimeout, addTimeoutIfLong, addTimeoutIfShort } from './addTimeout.ts';
import { callsFacet } from './callsFacet.ts';

const MESSAGES = { call: 'call', instance: 'instance', connection: 'connection' } as const;

const timeouts = [
  { title: 'Wait ten seconds at most', safety: 'safe', edits: addTimeoutIfShort },
  { title: 'Wait ten seconds at most', safety: 'suggest', edits: addTimeoutIfLong },
] as const;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Calls of other services that may wait for ever.',
    promise: 'Calls of other services have a timeout',
    topics: ['timeout', 'timeouts', 'request timeout', 'AbortSignal', 'outbound call', 'hanging request'],
    subject: ['fetch', 'axios', 'got', 'undici', 'http', 'https', 'pg', 'ioredis'],
    references: [
      {
        title: 'MDN: AbortSignal.timeout()',
        url: 'https://developer.mozilla.org/docs/Web/API/AbortSignal/timeout_static',
      },
      { title: 'CWE-400: Uncontrolled Resource Consumption', url: 'https://cwe.mitre.org/data/definitions/400.html' },
    ],
    messages: {
      call: '{name} has no timeout here: while the other side hangs, so does this work, with its memory and its connection, and requests pile up behind it. Say how long to wait.',
      instance:
        '{name} makes a client without a timeout: every call through it waits for as long as the other side hangs, and requests pile up. Say how long to wait.',
      connection: {
        text: '{name} makes a client without a timeout: while the database hangs, whoever asks it hangs as well. Say how long to wait.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [callsFacet],
    check(ctx) {
      const files = [...ctx.all(callsFacet)].filter((file) => !file.isTest);
      const defaults = new Set(files.flatMap(({ value }) => value.defaults));
      for (const { path, value } of files) {
        for (const { at, client, role, name } of value.calls) {
          if (defaults.has(client)) continue;
          ctx.report({ path, facet: callsFacet, anchor: at }, MESSAGES[role], { name });
        }
      }
    },
  },
  fixes: {
    call: timeouts,
    instance: timeouts,
    connection: [{ title: 'Wait ten seconds at most', safety: 'suggest', edits: addTimeout }],
  },
});
