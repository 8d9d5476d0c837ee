import type { WebFacts } from './facts.ts';
import type { Interpreter } from './interpreter.ts';
import type { WebSockets } from './model.ts';
import type { ObjectUse } from './registrations.ts';
import type { WebObject } from './things.ts';

/** Options that hold a function which lets clients in or not. */
const REFUSING = ['allowRequest', 'verifyClient'] as const;

/** Puts together a server of sockets; namespaces count as the server that they are part of. */
export function describeSockets(
  object: WebObject,
  localPath: string,
  { registrations, isLocal, unfollowed }: ObjectUse,
  { evaluate }: Interpreter,
): WebSockets {
  const { kind, path, at, args } = object;
  // socket.io takes the server first, if any.
  const options = args.flatMap((arg, index) => evaluate(arg, path).map((thing) => ({ thing, index })));
  return {
    kind: kind === 'ws' ? 'ws' : 'socket.io',
    place: { path, anchor: at },
    localPath,
    connections: registrations.flatMap(({ method, place }) => (method === 'connection' ? [place] : [])),
    middleware: registrations.flatMap(({ method, handlers }) => (method === 'use' ? handlers : [])),
    mayRefuse: options.some(({ thing, index }) =>
      thing.is === 'members'
        ? REFUSING.some((name) => thing.members[name] !== undefined)
        : thing.is !== 'object' && thing.is !== 'text' && (index > 0 || kind === 'ws'),
    ),
    isLocal,
    unfollowed,
  };
}

/** Gateways of Nest in one file. */
export function describeGateways(path: string, localPath: string, { gateways }: WebFacts): readonly WebSockets[] {
  return gateways.map((anchor) => ({
    kind: 'nest',
    place: { path, anchor },
    localPath,
    connections: [{ path, anchor }],
    middleware: [],
    mayRefuse: false,
    isLocal: false,
    unfollowed: [],
  }));
}
