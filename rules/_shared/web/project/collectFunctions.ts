import { type FileHeader, ts } from '#api';
import { mayServe } from './makers.ts';
import type { WebFact } from './webFact.ts';

/** What listeners of the web model read beside the node. */
export interface CollectContext {
  readonly header: FileHeader;
}

/** What a listener finds in one node. */
export type Collected = WebFact | readonly WebFact[] | undefined;

/** An error handler of Express has so many parameters, and no handler has more. */
const MAX_PARAMETERS = 4;

/** Functions that are given what handlers of requests are given, or a socket, by the names of their parameters. */
export function factsOfFunction(node: ts.SignatureDeclaration, { header }: CollectContext): Collected {
  const { parameters } = node;
  if (parameters.length === 0 || parameters.length > MAX_PARAMETERS) return undefined;
  const names = parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  const isHandler = parameters.length > 1 && names.some(isHandlerParameter);
  const isSocket = names.some(isSocketName) || isSocketMiddleware(node);
  if ((!isSocket && !isHandler) || !mayServe(header)) return undefined;
  return [
    ...(isHandler ? [{ kind: 'handler', node } as const] : []),
    ...(isSocket ? [{ kind: 'socket', node } as const] : []),
  ];
}

function isHandlerParameter(name: string): boolean {
  return /^_*(?:req|request|res|response|reply|rep|next|ctx|context|c|done)$/.test(name);
}

function isSocketName(name: string): boolean {
  return /^_*(?:socket|ws|client|conn|connection|webSocket|sock)$|Socket$/.test(name);
}

/** `(s, next) => …`, whatever the socket is called. */
function isSocketMiddleware({ parameters: [, second, third] }: ts.SignatureDeclaration): boolean {
  return third === undefined && second !== undefined && ts.isIdentifier(second.name) && second.name.text === 'next';
}
