import { z } from 'zod';
import { type CollectContext, type FixContext, type FixEdit, rule, ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import { asyncWork } from './asyncWork.ts';

interface Listening {
  readonly event: ts.StringLiteralLike;
  readonly listener: ts.Expression;
}

const ADDING = /^(?:on|once|addListener|prependListener|prependOnceListener)$/;

export default rule({
  meta: {
    priority: 'P2',
    // Nothing was found in the public code it was judged on: off until something was.
    enabled: false,
    since: 'next',
    summary: 'Listeners of the exit event that start what can no longer finish.',
    promise: 'What has to happen before the process ends is not left to its exit event',
    topics: ['process.on exit', 'exit handler', 'async exit', 'beforeExit', 'graceful shutdown', 'cleanup on exit'],
    subject: ['exit', 'beforeExit', 'SIGTERM'],
    references: [
      { title: "Node.js: event 'exit'", url: 'https://nodejs.org/api/process.html#event-exit' },
      { title: "Node.js: event 'beforeExit'", url: 'https://nodejs.org/api/process.html#event-beforeexit' },
    ],
    messages: {
      unfinished:
        'Node ends the process as soon as the listeners of exit return, so what is started here never finishes. Do it when SIGTERM or SIGINT arrives, or before the last work is done, in beforeExit.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: ADDING,
        listen: (node, { header }: Pick<CollectContext<unknown>, 'header'>): Listening | undefined => {
          const [event, listener] = node.arguments;
          if (event === undefined || listener === undefined) return undefined;
          if (!ts.isStringLiteralLike(event) || event.text !== 'exit') return undefined;
          const callee = unwrap(node.expression);
          if (!ts.isPropertyAccessExpression(callee) || !ADDING.test(callee.name.text)) return undefined;
          return header.resolve(callee.expression) === 'global#process' ? { event, listener } : undefined;
        },
      },
    },
    each({ event, listener }, ctx) {
      const node = unwrap(listener);
      const fn = ts.isIdentifier(node) ? initialValue(node, ctx) : node;
      if (fn === undefined || !isFunctionWithBody(fn)) return;
      const work = fn.body && asyncWork(fn.body, ctx.header);
      if (work === undefined) return;
      ctx.report(event, 'unfinished', {}, { related: [{ at: work, label: 'This does not finish.' }] });
    },
  },
  fixes: { unfinished: [{ title: 'Do it before the exit', safety: 'suggest', edits: beforeExit }] },
});

/** Once: the event comes again whenever what its listeners started is done. */
function beforeExit(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const event = ctx.node(ts.isStringLiteralLike);
  const call = event?.parent;
  if (event === undefined || call === undefined || !ts.isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const mark = event.getText().charAt(0);
  return [ctx.replace(callee.name, 'once'), ctx.replace(event, `${mark}beforeExit${mark}`)];
}
