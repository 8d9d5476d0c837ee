import { type Fix, ts } from '#api';
import { placeOfMember } from '../../_shared/memberPlace.ts';
import { cutsFor } from '../../_shared/removeEntries.ts';

/** Takes the option out, so that the library's own refusal is back. */
export const dropSetting: Fix<unknown> = {
  title: 'Remove ignoreExpiration',
  safety: 'suggest',
  edits(ctx, finding) {
    const place = placeOfMember(ctx, finding);
    if (place === undefined) return undefined;
    return cutsFor(ctx.text, { ...place, removed: new Set([place.index]) }).map((cut) => ctx.replace(cut, ''));
  },
};

/** The key that the file verifies or signs with elsewhere; there is no other way to know it. */
function keyOf(file: ts.SourceFile, library: string): string | undefined {
  let key: string | undefined;
  const visit = (node: ts.Node): void => {
    if (key !== undefined) return;
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      const [, second] = node.arguments;
      const isSame = expression.getText() === library && (name.text === 'verify' || name.text === 'sign');
      if (
        isSame &&
        second !== undefined &&
        (ts.isPropertyAccessExpression(second) || ts.isNonNullExpression(second) || ts.isAsExpression(second))
      )
        key = second.getText();
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return key;
}

/** `jwt.decode(token)` becomes `jwt.verify(token, key)` with the key that the file uses. */
export const verifyInstead: Fix<unknown> = {
  title: 'Verify the token',
  safety: 'suggest',
  edits(ctx) {
    const callee = ctx.node(ts.isPropertyAccessExpression);
    if (callee === undefined || !ts.isCallExpression(callee.parent)) return undefined;
    if (ctx.header.resolve(callee) !== 'jsonwebtoken#decode') return undefined;
    const [token, second, third] = callee.parent.arguments;
    // What was passed as a key is one.
    const isKey = second !== undefined && !ts.isObjectLiteralExpression(second);
    if (isKey && third === undefined) return [ctx.replace(callee.name, 'verify')];
    const key = keyOf(ctx.file, callee.expression.getText());
    if (token === undefined || second !== undefined || key === undefined) return undefined;
    return [ctx.replace(callee.name, 'verify'), ctx.insert(token.end, `, ${key}`)];
  },
};
