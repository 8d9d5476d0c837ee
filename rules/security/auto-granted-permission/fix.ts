import { type Fix, ts, unwrap } from '#api';

const isValue = (node: ts.Node): node is ts.Expression => ts.isExpression(node);

/** Answers no until a decision is written. */
export const refuse: Fix<unknown> = {
  title: 'Refuse by default',
  safety: 'suggest',
  edits(ctx) {
    const value = ctx.node(isValue);
    const node = value && unwrap(value);
    return node?.kind === ts.SyntaxKind.TrueKeyword ? [ctx.replace(node, 'false')] : undefined;
  },
};
