import type { z } from 'zod';
import { type Fix, ts } from '#api';
import { constant } from '../../_shared/calls.ts';
import { delayIn } from './delays.ts';
import { retryLoop } from './loops.ts';

/** Doubles the delay with each attempt, up to half a minute; for loops that count from 0 or 1. */
export const growDelay: Fix<z.output<z.ZodObject>> = {
  title: 'Wait twice as long after each attempt',
  safety: 'suggest',
  edits(ctx, { start }) {
    const inside = (node: ts.Node): ts.Node =>
      ts.forEachChild(node, (child) => (child.pos <= start && start < child.end ? inside(child) : undefined)) ?? node;
    const loop = ts.findAncestor(inside(ctx.file), ts.isForStatement);
    const found = loop && retryLoop(loop);
    // A function that calls itself has no loop of its own.
    if (loop === undefined || found?.counter === undefined || found.failure.getStart(ctx.file) !== start)
      return undefined;
    const delay = delayIn(loop.statement, found.attempt.tryBlock, ctx);
    const list = loop.initializer;
    if (delay.kind !== 'constant' || list === undefined || !ts.isVariableDeclarationList(list)) return undefined;
    const from = list.declarations[0]?.initializer;
    const first = from === undefined ? undefined : constant(from)?.value;
    if (first !== 0 && first !== 1) return undefined;
    if (!/\+\+|\+= 1$/.test(loop.incrementor?.getText(ctx.file) ?? '')) return undefined;
    const power = first === 0 ? found.counter : `(${found.counter} - 1)`;
    const time = delay.time.getText(ctx.file);
    const base = ts.isBinaryExpression(delay.time) ? `(${time})` : time;
    return [ctx.replace(delay.time, `Math.min(${base} * 2 ** ${power}, 30_000)`)];
  },
};
