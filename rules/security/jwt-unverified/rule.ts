import { z } from 'zod';
import { rule, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { decodes, trustsDecoded } from './decoded.ts';
import { emptyKey } from './emptyKey.ts';
import { dropSetting, verifyInstead } from './fixes.ts';
import { isPassed, laxSetting, looksAtTime, mayBeExpired, saysUnsigned } from './settings.ts';

type Suspect = ts.CallExpression | ts.PropertyAssignment;

/** Packages whose calls are looked at. */
const LIBRARIES = [
  'jsonwebtoken',
  'jose',
  'hono/jwt',
  'jwt-decode',
  '@nestjs/jwt',
  '@fastify/jwt',
  '@tsndr/cloudflare-worker-jwt',
];

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Tokens that are believed without checking who signed them, or whether they still hold.',
    promise: 'Every token is verified before it is believed',
    topics: [
      'jwt verification',
      'verify jwt',
      'jwt.decode',
      'ignoreExpiration',
      'algorithm none',
      'token verification',
      'unsigned token',
    ],
    subject: ['jsonwebtoken', 'jose', 'jwtVerify', 'jwt'],
    references: [
      {
        title: 'CWE-347: Improper Verification of Cryptographic Signature',
        url: 'https://cwe.mitre.org/data/definitions/347.html',
      },
      { title: 'RFC 8725: JSON Web Token Best Current Practices', url: 'https://www.rfc-editor.org/rfc/rfc8725' },
      { title: 'jsonwebtoken', url: 'https://github.com/auth0/node-jsonwebtoken' },
    ],
    messages: {
      decoded:
        'Decoding checks no signature: anybody can write a token that says they are somebody else, and this code believes it. Verify the token with the key instead.',
      unsigned:
        'With the algorithm none, tokens carry no signature and anybody can write one. Name the algorithms that you sign with.',
      expired:
        'With ignoreExpiration a stolen token works for ever. Remove it, and let people sign in again or refresh.',
      keyless:
        'Without a key nothing is verified, and some versions accept tokens without a signature. Pass the key that tokens are signed with.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^(?:decode(?:Jwt)?|jwtDecode|verify|jwtVerify)$/,
        imported: true,
        listen: (node, ctx): Suspect | undefined => {
          const name = calledName(node);
          const isNamed =
            name === 'decode' ||
            name === 'decodeJwt' ||
            name === 'jwtDecode' ||
            name === 'verify' ||
            name === 'jwtVerify';
          if (!isNamed && !ctx.header.imports.has(name ?? '')) return undefined;
          return LIBRARIES.some((module) => ctx.header.modules.has(module)) ? node : undefined;
        },
      },
      PropertyAssignment: {
        named: /^(?:algorithms?|ignoreExpiration)$/,
        listen: (node, ctx): Suspect | undefined => (laxSetting(node, ctx.header) === undefined ? undefined : node),
      },
    },
    each(node, ctx) {
      if (ts.isPropertyAssignment(node)) {
        const laxness = laxSetting(node, ctx.header);
        const isMeant =
          laxness === 'unsigned' ? saysUnsigned(node) || !isPassed(node) : mayBeExpired(node) || looksAtTime(node, ctx);
        if (laxness !== undefined && !isMeant) ctx.report(node, laxness);
        return;
      }
      const key = emptyKey(node, ctx.header);
      if (key !== undefined) ctx.report(key, 'keyless');
      else if (decodes(node, ctx.header) && trustsDecoded(node, ctx)) ctx.report(node.expression, 'decoded');
    },
  },
  fixes: { decoded: [verifyInstead], expired: [dropSetting] },
});
