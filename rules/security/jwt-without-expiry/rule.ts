import { z } from 'zod';
import { rule } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { expireByBuilder, expireByClaim, expireByOption } from './fixes.ts';
import { unlimited } from './unlimited.ts';

/** Packages that sign tokens. */
const SIGNERS = ['jsonwebtoken', 'jose', 'hono/jwt', 'jwt-simple', '@tsndr/cloudflare-worker-jwt'];

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Tokens that are signed without an end of their validity.',
    promise: 'Every token that is signed expires',
    topics: [
      'jwt expiry',
      'jwt expiration',
      'token expiry',
      'token expiration',
      'expiresIn',
      'token lifetime',
      'short-lived tokens',
    ],
    subject: ['jsonwebtoken', 'jose', 'SignJWT', 'jwt'],
    references: [
      { title: 'CWE-613: Insufficient Session Expiration', url: 'https://cwe.mitre.org/data/definitions/613.html' },
      { title: 'RFC 8725: JSON Web Token Best Current Practices', url: 'https://www.rfc-editor.org/rfc/rfc8725' },
      { title: 'jsonwebtoken', url: 'https://github.com/auth0/node-jsonwebtoken' },
    ],
    messages: {
      options:
        'This token is valid for ever: who gets hold of it once acts as its owner until the key is changed. Pass expiresIn.',
      claims:
        'This token is valid for ever: who gets hold of it once acts as its owner until the key is changed. Put an exp claim in.',
      builder:
        'This token is valid for ever: who gets hold of it once acts as its owner until the key is changed. Call setExpirationTime().',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^(?:sign|encode)$/,
        imported: true,
        listen: (node, ctx) => {
          const name = calledName(node);
          // The function may be imported under another name; members keep theirs.
          if (name !== 'sign' && name !== 'encode' && !ctx.header.imports.has(name ?? '')) return undefined;
          return SIGNERS.some((module) => ctx.header.modules.has(module)) ? node : undefined;
        },
      },
    },
    each(call, ctx) {
      const found = unlimited(call, ctx);
      if (found !== undefined) ctx.report(found.at, found.kind);
    },
  },
  fixes: { options: [expireByOption], claims: [expireByClaim], builder: [expireByBuilder] },
});
