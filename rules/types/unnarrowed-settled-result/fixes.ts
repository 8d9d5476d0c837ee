import { type Fix, ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { quoteMark } from '../../_shared/layout.ts';

/** `results.map((r) => r.value)` becomes a list of what there is. */
export const keepFulfilled: Fix<unknown> = {
  title: 'Keep those that have a {member}',
  safety: 'suggest',
  edits(ctx) {
    const read = ctx.node((node): node is ts.Expression => memberAccess(node) !== undefined);
    const callback = read && ts.findAncestor(read, ts.isArrowFunction);
    if (read === undefined || callback === undefined || unwrap(callback.body) !== read) return undefined;
    const call = callback.parent;
    const [parameter] = callback.parameters;
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
    if (call.expression.name.text !== 'map' || parameter === undefined || !ts.isIdentifier(parameter.name))
      return undefined;
    const mark = quoteMark(ctx.text);
    const name = parameter.name.text;
    const { member, status } = ctx.data;
    return [
      ctx.replace(call.expression.name, 'flatMap'),
      ctx.replace(
        callback.body,
        `(${name}.status === ${mark}${String(status)}${mark} ? [${name}.${String(member)}] : [])`,
      ),
    ];
  },
};
