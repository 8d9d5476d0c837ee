import { z } from 'zod';
import { rule } from '#api';
import { lastPart } from '../../_shared/filePath.ts';
import { declaredFor } from '../../_shared/web/project/declared.ts';
import type { Middleware, WebService, WebSockets } from '../../_shared/web/project/model.ts';
import { concernsOfName } from '../../_shared/web/project/vocabulary.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { isDeployed, WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { verifyHandshake } from './verifyHandshake.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Servers of sockets that let in whoever connects.',
    promise: 'Sockets are opened for known users alone',
    topics: [
      'socket authentication',
      'websocket authentication',
      'socket.io middleware',
      'handshake',
      'authenticate sockets',
    ],
    subject: ['socket', 'socketio', 'websocket', 'websockets', 'ws'],
    references: [
      {
        title: 'CWE-306: Missing Authentication for Critical Function',
        url: 'https://cwe.mitre.org/data/definitions/306.html',
      },
      {
        title: 'OWASP: WebSocket Security',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html',
      },
      { title: 'Socket.IO: Middlewares', url: 'https://socket.io/docs/v4/middlewares/' },
    ],
    messages: {
      open: 'The {server} made in {file} lets in whoever connects: no middleware, no option and no handler of a connection asks for a token or a session. Everybody on the network can listen and send. Verify the handshake before the connection stands.{declared}',
      claimed:
        'The {server} made in {file} believes what clients say of themselves: {middleware} runs before a connection stands and verifies nothing. Everybody can connect as somebody else. Verify a token in the handshake.{declared}',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: WEB_FACETS,
    check(ctx) {
      for (const service of webServices(ctx)) {
        for (const sockets of openServers(service)) {
          const [claim] = sockets.middleware;
          const declared = declaredFor(sockets, 'authentication', 'authMiddleware', ctx);
          if (declared.isDone) continue;
          const data = {
            declared: declared.note,

            server: sockets.kind === 'nest' ? 'gateway' : `${sockets.kind} server`,
            file: sockets.localPath,
          };
          const at = { ...sockets.place, facet: webFacet };
          if (claim === undefined) ctx.report(at, 'open', data);
          else ctx.report(at, 'claimed', { ...data, middleware: lastName(claim) });
        }
      }
    },
  },
  fixes: {
    open: [{ title: 'Verify a JSON Web Token of the handshake', safety: 'suggest', edits: verifyHandshake }],
  },
});

/** Servers that answer connections and of which it is known that nothing verifies who opens them. */
function openServers(service: WebService): readonly WebSockets[] {
  // Code that is given a socket and asks for proof may do so for all of them.
  if (!isDeployed(service) || service.hints.has('socket')) return [];
  const open = service.sockets.filter(
    ({ connections, middleware, mayRefuse, isLocal, unfollowed }) =>
      connections.length > 0 && !mayRefuse && !isLocal && unfollowed.length === 0 && !middleware.some(mayVerify),
  );
  const guarded = service.apps.some(({ middleware }) => middleware.some(({ concerns }) => concerns.has('auth')));
  // Gateways share one server; global guards run for them too.
  const [gateway] = guarded ? [] : open.filter(({ kind }) => kind === 'nest');
  return [...open.filter(({ kind }) => kind !== 'nest'), ...(gateway === undefined ? [] : [gateway])];
}

/** Code of the project that is given the socket speaks of no proof, or it would be known; all else may ask for one. */
function mayVerify({ takesSocket, names }: Middleware): boolean {
  return !takesSocket || names.some((name) => concernsOfName(lastPart(name)).includes('auth'));
}

function lastName({ names }: Middleware): string {
  const name = names.at(-1) ?? '';
  return name === '' || name.includes('~') ? 'its middleware' : name.slice(name.lastIndexOf('#') + 1);
}
