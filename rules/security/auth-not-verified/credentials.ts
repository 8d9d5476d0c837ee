import { ts, unwrap } from '#api';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { requestData } from '../../_shared/web/requestData.ts';

/** Headers in which a client shows something to be let in. */
const CREDENTIAL_HEADER =
  /^(?:authorization|x-(?:access|auth|api|user|session|admin|internal)-?(?:token|key|secret)|x-token|api-?key|x-apikey|access-?token)$/i;
const CREDENTIAL_COOKIE =
  /^(?:(?:access|auth|session|id|jwt|user|login)[-_]?)?(?:token|jwt|session|sid)$|^(?:auth|connect\.sid|session[-_]?id)$/i;

/** Headers in which a client says who it is. Those of authenticating proxies begin otherwise (`x-forwarded-user`). */
const CLAIM_HEADER = /^(?:x-)?(?:user-?id|user-?role|user-?email|uid|is-?admin|role)$|^x-(?:user|roles|admin)$/i;

/** Fields in which a client says what it may do. */
const CLAIM_FIELD = /^(?:user_?)?role$|^is_?admin$/i;

/** What a read of a request brings: `authorization` is shown to be checked, `x-user-id` is only said. */
export interface ClientSaid {
  readonly kind: 'credential' | 'claim';
  /** The header or cookie. */
  readonly name: string;
  /** Set for what was made of a credential without asking whether it is genuine: `JSON.parse(atob(token))`. */
  readonly parsed?: true;
  /** Set for fields of the body or query, where somebody may be asked for a role to give. */
  readonly inForm?: true;
}

/** `req.headers.authorization`, `req.get('x-user-id')`, `request.cookies.get('token')?.value`; `undefined` for all else. */
export function clientSaid(node: ts.Node, source: SourceView): ClientSaid | undefined {
  const read = readOf(node);
  if (read === undefined) return undefined;
  const kind = kindOf(read);
  if (kind === undefined) return undefined;
  const part = requestData(node, source)?.part;
  if (part === undefined) return undefined;
  const isForm = read.holder === 'body' || read.holder === 'query';
  return isForm ? { kind, name: read.name, inForm: true } : { kind, name: read.name };
}

/** Whether a node reads something by a name that {@link clientSaid} knows; from what, only a lookup can tell. */
export function mayBeSaid(node: ts.Node): boolean {
  const read = readOf(node);
  return read !== undefined && kindOf(read) !== undefined;
}

/** Names of headers, cookies and fields in which a client shows something or says who it is. */
export function isSaidName(name: string): boolean {
  return [CREDENTIAL_HEADER, CREDENTIAL_COOKIE, CLAIM_HEADER, CLAIM_FIELD].some((names) => names.test(name));
}

interface Read {
  readonly holder: string;
  readonly name: string;
}

/** The name that is read, and what it is read from, as they are written. */
function readOf(node: ts.Node): Read | undefined {
  if (ts.isCallExpression(node)) {
    const member = memberCall(node);
    const [name] = node.arguments;
    if (member === undefined || name === undefined || !ts.isStringLiteralLike(unwrap(name))) return undefined;
    if (!/^(?:get|header)$/.test(member.name)) return undefined;
    const on = memberAccess(unwrap(member.receiver));
    const holder = on?.name === 'cookies' ? 'cookies' : 'headers';
    return { holder, name: (unwrap(name) as ts.StringLiteralLike).text };
  }
  const access = memberAccess(node);
  const on = access && memberAccess(unwrap(access.receiver))?.name;
  if (access === undefined || !/^(?:headers|cookies|body|query)$/.test(on ?? '')) return undefined;
  return { holder: on ?? '', name: access.name };
}

function kindOf({ holder, name }: Read): ClientSaid['kind'] | undefined {
  // Signed cookies are checked before anybody reads them.
  if (holder === 'body' || holder === 'query') return CLAIM_FIELD.test(name) ? 'claim' : undefined;
  if (holder === 'cookies') return CREDENTIAL_COOKIE.test(name) ? 'credential' : undefined;
  if (holder !== 'headers') return undefined;
  if (CREDENTIAL_HEADER.test(name)) return 'credential';
  return CLAIM_HEADER.test(name) ? 'claim' : undefined;
}
