import { z } from 'zod';
import { rule } from '#api';
import { addMissing } from './addMissing.ts';
import { cookieFact, weakCookie } from './weakCookies.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Session and token cookies without secure, httpOnly or sameSite.',
    promise: 'Session cookies are secure, httpOnly and sameSite',
    topics: ['session cookie', 'cookie flags', 'secure cookie', 'httpOnly', 'sameSite', 'cookies'],
    subject: ['cookie', 'session', 'cookies'],
    references: [
      { title: 'CWE-614: Sensitive Cookie Without Secure', url: 'https://cwe.mitre.org/data/definitions/614.html' },
      { title: 'CWE-1004: Sensitive Cookie Without HttpOnly', url: 'https://cwe.mitre.org/data/definitions/1004.html' },
      {
        title: 'OWASP: Session Management',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html',
      },
      { title: 'express-session', url: 'https://expressjs.com/en/resources/middleware/session.html' },
    ],
    messages: {
      weak: 'The cookie {name} lacks {flags}. Without secure it travels in clear text, without httpOnly scripts can read it, without sameSite other sites can send it. Set what is missing.',
      defaultName: {
        text: 'The session cookie has the name that the library gives it, which tells what runs here. Give it a name of its own.',
        priority: 'P3',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: /^(?:cookie|setCookie|default)$/, imported: true, listen: cookieFact } },
    each(call, ctx) {
      const found = weakCookie(call, ctx);
      if (found === undefined) return;
      if (found.missing.length === 0) ctx.report(found.place, 'defaultName');
      else ctx.report(found.place, 'weak', { name: found.name, flags: found.missing.join(' and ') });
    },
  },
  fixes: { weak: [{ title: 'Set {flags}', safety: 'suggest', edits: addMissing }] },
});
