import { type FixContext, type TextEdit, ts, unwrap } from '#api';
import { addMembers } from '../../_shared/addMembers.ts';
import { option } from '../../_shared/calls.ts';
import { quoteMark } from '../../_shared/layout.ts';

/** Libraries of which the cookie's options stand in an object of their own. */
const NESTED = /^(?:express-session|@fastify\/session|fastify-session)$/;
const FLAT = /^(?:cookie-session|koa-session)$/;

/** Adds `sameSite: 'lax'` to the cookie of a session that is made where it is registered. */
export function setSameSite(ctx: FixContext<unknown>): readonly TextEdit[] | undefined {
  const method = ctx.node(ts.isPropertyAccessExpression);
  if (method === undefined || !ts.isCallExpression(method.parent)) return undefined;
  for (const argument of method.parent.arguments) {
    const made = unwrap(argument);
    if (!ts.isCallExpression(made)) continue;
    const library = ctx.header.resolve(made.expression) ?? '';
    const [settings] = made.arguments;
    if (settings === undefined || !ts.isObjectLiteralExpression(settings)) continue;
    const member = `sameSite: ${quoteMark(ctx.text)}lax${quoteMark(ctx.text)}`;
    if (FLAT.test(library)) return inserted(ctx, settings, member);
    if (!NESTED.test(library)) continue;
    const cookie = option(settings, 'cookie');
    if (cookie.kind === 'absent') return inserted(ctx, settings, `cookie: { ${member} }`);
    const value = cookie.kind === 'given' ? unwrap(cookie.value) : undefined;
    return value !== undefined && ts.isObjectLiteralExpression(value) ? inserted(ctx, value, member) : undefined;
  }
  return undefined;
}

function inserted(
  ctx: FixContext<unknown>,
  object: ts.ObjectLiteralExpression,
  member: string,
): readonly TextEdit[] | undefined {
  if (option(object, 'sameSite').kind !== 'absent') return undefined;
  const { at, text } = addMembers(object, [member]);
  return [ctx.insert(at, text)];
}
