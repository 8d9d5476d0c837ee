import { z } from 'zod';
import { rule, type ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { logCall } from '../../_shared/loggers.ts';
import { isStartedByHand } from '../../_shared/places.ts';
import { namesAlone, redact } from './fix.ts';
import { loggedSecrets } from './secrets.ts';
import { isLeak } from './surroundings.ts';

/** Names that calls of loggers end in; whether it is one is asked last. */
const MAY_LOG =
  /^(?:trace|silly|verbose|debug|dir|table|log|info|notice|success|warn|warning|error|crit|critical|alert|emerg|fatal|logger|_?log[A-Z]\w*)$/;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Passwords, tokens, whole requests and the environment written to logs.',
    promise: 'No secret is written to a log',
    topics: [
      'secret in log',
      'password in log',
      'token in log',
      'log redaction',
      'sensitive data in logs',
      'PII in logs',
    ],
    subject: ['password', 'token', 'secret', 'authorization', 'headers', 'body', 'apiKey'],
    references: [
      {
        title: 'CWE-532: Insertion of Sensitive Information into Log File',
        url: 'https://cwe.mitre.org/data/definitions/532.html',
      },
      {
        title: 'OWASP: Logging',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
      },
    ],
    messages: {
      secret:
        '{name} is written to the log, where everybody who reads logs or their copies can use it. Leave it out or redact it.',
      request:
        '{name} goes to the log as a whole, with every password, token and address that a client sends. Log the members that you need.',
      environment:
        'All variables of the environment go to the log, with every key and password among them. Log the names that you need.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: MAY_LOG,
        listen: (call, { header }): ts.CallExpression | undefined => {
          if (call.arguments.length === 0 || !MAY_LOG.test(calledName(call) ?? '')) return undefined;
          return loggedSecrets(call, header).length > 0 ? call : undefined;
        },
      },
    },
    each(call, ctx) {
      const log = isStartedByHand(ctx.header.localPath) ? undefined : logCall(call, ctx.header, ctx);
      if (log === undefined) return;
      for (const logged of loggedSecrets(call, ctx.header)) {
        if (!isLeak(logged, log, ctx)) continue;
        const message = logged.kind === 'token' ? 'secret' : logged.kind;
        ctx.report(logged.node, message, message === 'environment' ? {} : { name: logged.name });
      }
    },
  },
  fixes: {
    secret: [{ title: 'Write [redacted] instead', safety: 'suggest', edits: redact }],
    request: [{ title: 'Log the names alone', safety: 'suggest', edits: namesAlone }],
    environment: [{ title: 'Log the names alone', safety: 'suggest', edits: namesAlone }],
  },
});
