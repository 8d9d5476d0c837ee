import { z } from 'zod';
import { rule, ts } from '#api';
import { claimAsked, claimKept, namesIdentity } from './claims.ts';
import { isSaidName, mayBeSaid } from './credentials.ts';
import { presenceAnswered, presenceAsked } from './presence.ts';
import { type Refusal, refusalStatus, refusalThrown } from './refusals.ts';
import { claimConnected, namesHandshake } from './sockets.ts';

type Suspect = Refusal | ts.BinaryExpression | ts.VariableDeclaration | ts.MethodDeclaration;
type Read = ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression;

type Fact = Suspect | Read;

const read = (node: Read): Fact | undefined => (mayBeSaid(node) ? node : undefined);

function isRead(node: Fact): node is Read {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node);
}

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Access given to whoever shows any credential, or says who they are.',
    promise: 'Credentials are verified before access is given',
    topics: [
      'auth not verified',
      'token verification',
      'Authorization header',
      'bearer token',
      'x-user-id',
      'authentication middleware',
      'socket authentication',
    ],
    subject: ['authorization', 'authenticate', 'bearer', 'handshake', 'canActivate', 'apiKey', 'x-api-key'],
    references: [
      { title: 'CWE-287: Improper Authentication', url: 'https://cwe.mitre.org/data/definitions/287.html' },
      {
        title: 'CWE-290: Authentication Bypass by Spoofing',
        url: 'https://cwe.mitre.org/data/definitions/290.html',
      },
      { title: 'Socket.IO: Middlewares', url: 'https://socket.io/docs/v4/middlewares/' },
    ],
    messages: {
      presence:
        'Only whether {name} is there is asked, so whoever sends any text in it gets in. Verify what it holds before letting the request pass.',
      claimed:
        '{name} is written by whoever asks, so anybody can be anybody. Take who it is from a verified token or session.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      NumericLiteral: (node): Fact | undefined => refusalStatus(node),
      ThrowStatement: (node): Fact | undefined => refusalThrown(node),
      MethodDeclaration: (node): Fact | undefined =>
        ts.isIdentifier(node.name) && node.name.text === 'canActivate' ? node : undefined,
      BinaryExpression: { named: / =$/, listen: (node): Fact | undefined => namesIdentity(node) },
      VariableDeclaration: (node): Fact | undefined => namesHandshake(node),
      PropertyAccessExpression: { named: isSaidName, listen: read },
      ElementAccessExpression: read,
      CallExpression: { named: /^(?:get|header)$/, listen: read },
    },
    check(ctx) {
      const facts = [...ctx.scope.all()];
      const hearing = { ...ctx, reads: facts.filter(isRead) };
      const seen = new Set<ts.Node>();
      for (const node of facts) {
        if (isRead(node)) continue;
        const presence =
          ts.isMethodDeclaration(node) && node.body !== undefined
            ? presenceAnswered(node, hearing)
            : ts.isNumericLiteral(node) || ts.isThrowStatement(node)
              ? presenceAsked(node, hearing)
              : undefined;
        if (presence !== undefined) {
          // Header and token are often asked for one after the other.
          if (!seen.has(presence.owner)) ctx.report(presence.place, 'presence', { name: presence.name });
          seen.add(presence.owner);
          continue;
        }
        const claim = ts.isBinaryExpression(node)
          ? claimKept(node, hearing)
          : ts.isVariableDeclaration(node)
            ? claimConnected(node, ctx)
            : ts.isNumericLiteral(node) || ts.isThrowStatement(node)
              ? claimAsked(node, hearing)
              : undefined;
        if (claim === undefined || seen.has(claim.place)) continue;
        seen.add(claim.place);
        ctx.report(claim.place, 'claimed', { name: claim.name });
      }
    },
  },
});
