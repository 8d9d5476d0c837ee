import { z } from 'zod';
import { rule } from '#api';
import { CALLED } from './clients.ts';
import { guardUrl } from './guardUrl.ts';
import { openRequest, requestFact } from './openRequest.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Outgoing requests to a host that the incoming request names.',
    promise: 'Outgoing requests go to known hosts',
    topics: ['ssrf', 'server-side request forgery', 'outbound request', 'webhook url'],
    subject: ['fetch', 'axios', 'got', 'request', 'undici', 'http'],
    references: [
      { title: 'CWE-918: Server-Side Request Forgery', url: 'https://cwe.mitre.org/data/definitions/918.html' },
      {
        title: 'OWASP: Server-Side Request Forgery Prevention',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html',
      },
    ],
    messages: {
      open: 'This request goes to whatever host {data} names, from inside the network: to cloud metadata, databases and services that trust it. Compare the host with a list of those it may reach.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: CALLED, listen: requestFact } },
    each(call, ctx) {
      const found = openRequest(call, ctx);
      if (found !== undefined) ctx.report(found.url, 'open', { data: found.data });
    },
  },
  fixes: { open: [{ title: 'Refuse hosts that are not on a list', safety: 'suggest', edits: guardUrl }] },
});
