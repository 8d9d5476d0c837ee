import { z } from 'zod';
import { rule, type ts } from '#api';
import { isOutsideService, preparesData } from '../../_shared/places.ts';
import { isPageFile } from '../../_shared/web/serverFile.ts';
import { deedOf, mayBeDeed } from './deeds.ts';
import { entryAround, isToldAround } from './entries.ts';
import { logIt } from './logIt.ts';
import { isTakenBack } from './takenBack.ts';
import { mayTell } from './tells.ts';

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Accounts that are deleted, and rights that are changed, without a trace of who did it.',
    promise: 'Every change of accounts and rights is written to a log',
    topics: ['audit log', 'audit trail', 'audit logging', 'security logging', 'permission change', 'account deletion'],
    subject: ['user', 'users', 'role', 'permission', 'audit', 'auditLog'],
    references: [
      { title: 'CWE-778: Insufficient Logging', url: 'https://cwe.mitre.org/data/definitions/778.html' },
      {
        title: 'OWASP: Logging Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
      },
    ],
    messages: {
      removed:
        '{query} takes an account away, and nothing is written about who had it done and when: after a mistake or a break-in nobody can tell what happened. Write it to a log.',
      changed:
        '{query} changes what somebody may do, and nothing is written about who had it done and when: after a break-in nobody can tell which rights were given. Write it to a log.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { AwaitExpression: (node) => (mayBeDeed(node) ? node : undefined) },
    eachFunction(awaits, ctx) {
      const { localPath } = ctx.header;
      const entry = awaits[0] && entryAround(awaits[0], ctx);
      if (entry === undefined || preparesData(localPath) || isOutsideService(localPath) || isPageFile(ctx.header))
        return;
      for (const awaited of awaits) {
        const deed = deedOf(awaited, entry, ctx);
        if (deed === undefined || isTakenBack(awaited, deed, entry, ctx)) continue;
        // One entry would tell of all that is done together.
        if (!isToldAround(entry, ctx) && !mayTell(entry, ctx))
          ctx.report(deed.place, deed.kind, { query: textOf(deed.place) });
        return;
      }
    },
  },
  fixes: { removed: [logIt], changed: [logIt] },
});

function textOf(node: ts.Node): string {
  return node.getText().replace(/\s+/g, '');
}
