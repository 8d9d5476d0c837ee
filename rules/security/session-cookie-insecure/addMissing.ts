import { type Finding, type FixContext, type TextEdit, ts } from '#api';
import { addMembers, objectOf } from '../../_shared/addMembers.ts';
import { option } from '../../_shared/calls.ts';
import { quoteMark } from '../../_shared/layout.ts';
import type { Flag } from './weakCookies.ts';

/** Adds the flags to the cookie's options, or gives it some. A flag that says `false` is another's decision. */
export function addMissing(ctx: FixContext<unknown>, { data }: Finding): TextEdit[] | undefined {
  const place = ctx.node(ts.isExpression);
  if (place === undefined || typeof data['flags'] !== 'string') return undefined;
  const flags = data['flags'].split(' and ') as Flag[];
  const quote = quoteMark(ctx.text);
  const values: Readonly<Record<Flag, string>> = {
    httpOnly: 'true',
    secure: `process.env.NODE_ENV === ${quote}production${quote}`,
    sameSite: `${quote}lax${quote}`,
  };
  const members = flags.map((flag) => `${flag}: ${values[flag]}`);
  if (ts.isCallExpression(place)) return toCall(ctx, place, members);
  if (!ts.isObjectLiteralExpression(place)) return undefined;
  if (flags.some((flag) => option(place, flag).kind === 'given')) return undefined;
  const isSettings = ts.isCallExpression(place.parent) && place.parent.arguments[0] === place;
  const isFlat = ts.isCallExpression(place.parent) && ctx.header.resolve(place.parent.expression) === 'cookie-session';
  const list = isSettings && !isFlat ? [`cookie: { ${members.join(', ')} }`] : members;
  const { at, text } = addMembers(place, list);
  return [ctx.insert(at, text)];
}

/** `res.cookie(name, value)` gets options; a session without any is left alone, as it has no secret either. */
function toCall(ctx: FixContext<unknown>, call: ts.CallExpression, members: readonly string[]): TextEdit[] | undefined {
  const last = call.arguments[1];
  if (last === undefined || call.arguments.length !== 2) return undefined;
  return [ctx.insert(last.end, `, ${objectOf(members, ctx.text, call.getStart())}`)];
}
