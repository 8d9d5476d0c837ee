import { type Fix, ts, unwrap } from '#api';
import { quoteMark } from '../../_shared/layout.ts';
import { addArgument, addProperty } from './addProperty.ts';

const isExpression = (node: ts.Node): node is ts.Identifier | ts.StringLiteral | ts.PropertyAccessExpression =>
  ts.isIdentifier(node) || ts.isStringLiteral(node) || ts.isPropertyAccessExpression(node);

/** The call whose name is reported. */
function callAround(name: ts.Node | undefined): ts.CallExpression | ts.NewExpression | undefined {
  let at = name;
  while (at !== undefined && !ts.isCallExpression(at) && !ts.isNewExpression(at)) at = at.parent;
  return at;
}

/** Lets tokens of jsonwebtoken end after a quarter of an hour. */
export const expireByOption: Fix<unknown> = {
  title: 'Let the token expire after 15 minutes',
  safety: 'suggest',
  edits(ctx) {
    const [, key, options] = callAround(ctx.node(isExpression))?.arguments ?? [];
    if (key === undefined) return undefined;
    const quote = quoteMark(ctx.text);
    const property = `expiresIn: ${quote}15m${quote}`;
    if (options === undefined) return [addArgument(ctx, key, `{ ${property} }`)];
    const given = unwrap(options);
    if (ts.isObjectLiteralExpression(given)) {
      const edit = addProperty(ctx, given, property);
      return edit && [edit];
    }
    if (given.getText() === 'undefined') return [ctx.replace(options, `{ ${property} }`)];
    return ts.isIdentifier(given) ? undefined : [addArgument(ctx, key, `{ ${property} }`)];
  },
};

/** Writes the expiry into the claims, for libraries that take it from there. */
export const expireByClaim: Fix<unknown> = {
  title: 'Let the token expire after 15 minutes',
  safety: 'suggest',
  edits(ctx) {
    const [claims] = callAround(ctx.node(isExpression))?.arguments ?? [];
    const given = claims && unwrap(claims);
    if (given === undefined || !ts.isObjectLiteralExpression(given)) return undefined;
    const edit = addProperty(ctx, given, 'exp: Math.floor(Date.now() / 1000) + 15 * 60');
    return edit && [edit];
  },
};

/** Asks the builder of jose for it. */
export const expireByBuilder: Fix<unknown> = {
  title: 'Let the token expire after 15 minutes',
  safety: 'suggest',
  edits(ctx) {
    const maker = callAround(ctx.node(isExpression));
    if (maker === undefined || !ts.isNewExpression(maker)) return undefined;
    const quote = quoteMark(ctx.text);
    return [ctx.insert(maker.end, `.setExpirationTime(${quote}15m${quote})`)];
  },
};
