import { z } from 'zod';
import { type CollectContext, rule, type ts } from '#api';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { readOrigins } from './fix.ts';
import { ALLOW_ORIGIN, HEADER_CALLS, mayOpen, openPlace } from './places.ts';
import { isGuarded, isPublicAsset } from './surroundings.ts';

type Candidate = ts.CallExpression | ts.PropertyAssignment;
const collect = (node: Candidate, { header }: CollectContext<unknown>): Candidate | undefined =>
  mayOpen(node, header) ? node : undefined;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Servers whose answers every website may read.',
    promise: 'Only known origins may read what the API answers',
    topics: ['CORS', 'cors origin', 'Access-Control-Allow-Origin', 'allowed origins', 'cross-origin requests'],
    subject: ['cors', 'enableCors', 'Access-Control-Allow-Origin'],
    references: [
      { title: 'MDN: Cross-Origin Resource Sharing', url: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/CORS' },
      { title: 'CWE-942', url: 'https://cwe.mitre.org/data/definitions/942.html' },
    ],
    messages: {
      open: 'Scripts of every website may read what this answers, also from a network that only your users can reach. Name the origins that may.',
      credentials: {
        text: 'Scripts of every website may ask this with the cookies of whoever visits them, and read the answer. Name the origins that may.',
        priority: 'P0',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: (name) => name === 'register' || name === 'enableCors' || HEADER_CALLS.has(name),
        imported: true,
        listen: collect,
      },
      PropertyAssignment: { named: (name) => name === 'cors' || ALLOW_ORIGIN.test(name), listen: collect },
    },
    check(ctx) {
      for (const candidate of ctx.scope.all()) {
        const place = openPlace(candidate, ctx.header, (identifier) => ctx.lookup(identifier), ctx.file.text);
        if (place === undefined || isDevelopmentOnly(place.at)) continue;
        if (isPublicAsset(place.at) || isGuarded(place.at)) continue;
        ctx.report(place.at, place.credentials ? 'credentials' : 'open');
      }
    },
  },
  fixes: {
    open: [{ title: 'Read the allowed origins from ALLOWED_ORIGINS', safety: 'suggest', edits: readOrigins }],
    credentials: [{ title: 'Read the allowed origins from ALLOWED_ORIGINS', safety: 'suggest', edits: readOrigins }],
  },
});
