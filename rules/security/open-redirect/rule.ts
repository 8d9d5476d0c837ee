import { z } from 'zod';
import { rule } from '#api';
import { guardTarget } from './guardTarget.ts';
import { METHODS, openTarget, redirectFact } from './openTarget.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Redirects to an address that the request names.',
    promise: 'Redirects go to addresses of the application alone',
    topics: ['open redirect', 'redirect', 'returnTo', 'unvalidated redirect'],
    subject: ['redirect', 'location'],
    references: [
      { title: 'CWE-601: Open Redirect', url: 'https://cwe.mitre.org/data/definitions/601.html' },
      {
        title: 'OWASP: Unvalidated Redirects and Forwards',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html',
      },
    ],
    messages: {
      open: 'This redirect goes wherever {data} says, so a link to this service can lead its users to a site that only looks like it. Allow paths of this service alone, or addresses from a list.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: METHODS, listen: redirectFact } },
    each(call, ctx) {
      const found = openTarget(call, ctx);
      if (found !== undefined) ctx.report(found.target, 'open', { data: found.data });
    },
  },
  fixes: {
    open: [{ title: 'Redirect to / unless it is a path of this service', safety: 'suggest', edits: guardTarget }],
  },
});
