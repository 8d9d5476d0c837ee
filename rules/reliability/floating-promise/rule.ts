import { z } from 'zod';
import { rule, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { isPageFile } from '../../_shared/web/serverFile.ts';
import { promisesAsked } from './conditions.ts';
import { awaitAll, awaitCall, awaitCondition, catchErrors } from './fixes.ts';
import { callsCalmFunction, dropsResults, waitedFor } from './promises.ts';
import { asyncCallback, catchesItsOwn, droppedCalls, isSafeToDrop, nameOf, placeOf } from './statements.ts';

const FIRE_AND_FORGET = /^(?:fire_?and_?forget|forget|(?:run|do)InBackground|waitUntil|ignorePromise)/i;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    enabled: false,
    summary: 'Promises that nobody waits for.',
    promise: 'Every promise is awaited, returned, or has its errors handled',
    topics: ['floating promise', 'unhandled rejection', 'unhandledRejection', 'missing await', 'fire and forget'],
    subject: ['async', 'await', 'promise'],
    references: [
      {
        title: "Node.js: process event 'unhandledRejection'",
        url: 'https://nodejs.org/api/process.html#event-unhandledrejection',
      },
      {
        title: 'CWE-755: Improper Handling of Exceptional Conditions',
        url: 'https://cwe.mitre.org/data/definitions/755.html',
      },
    ],
    messages: {
      floating:
        'Nobody waits for the promise of {name}: what follows runs before it is done, and nothing here handles its rejection, which would end the process. Await it, return it, or handle its errors; write void in front where it is meant.',
      many: 'Nobody waits for the promises that {name} makes: what follows runs before they are done, and nothing handles a rejection, which would end the process. Await Promise.all of them.',
      forEach:
        'forEach drops the promises of its async callback: what follows runs before they are done, and nothing handles a rejection, which would end the process. Use for…of with await, or Promise.all with map.',
      condition: 'A promise is always true, so this condition does not ask what {name} brings. Await it.',
    },
  },
  options: z.strictObject({
    allow: z
      .array(z.string())
      .default([])
      .describe(
        'Names of functions and methods whose promise may be left alone, because they handle their own errors.',
      ),
  }),
  types: {
    on: {
      ExpressionStatement(node, ctx) {
        // At the top of a module a rejection ends the program with its stack, as it should where a program starts.
        if (enclosingFunction(node) === undefined) return;
        for (const call of droppedCalls(node)) {
          const name = nameOf(call);
          if (FIRE_AND_FORGET.test(name) || ctx.options.allow.includes(name) || isSafeToDrop(call)) continue;
          if (isPageFile(ctx.header)) continue;
          const { checker } = ctx.types;
          const member = ts.isCallExpression(call) ? memberCall(call) : undefined;
          if (member?.name === 'forEach') {
            const isDropped =
              asyncCallback(call) !== undefined && dropsResults(ctx.types.typeAt(member.receiver), checker);
            if (isDropped) ctx.report(placeOf(call), 'forEach');
            continue;
          }
          const waited = waitedFor(ctx.types.typeAt(call), checker);
          if (waited === 'promise' && !callsCalmFunction(call, checker))
            ctx.report(placeOf(call), 'floating', { name });
          if (waited === 'promises' && !catchesItsOwn(call)) ctx.report(placeOf(call), 'many', { name });
        }
      },
      IfStatement(node, { types, report }) {
        for (const call of promisesAsked(node.expression, types)) report(call, 'condition', { name: nameOf(call) });
      },
      WhileStatement(node, { types, report }) {
        for (const call of promisesAsked(node.expression, types)) report(call, 'condition', { name: nameOf(call) });
      },
      ConditionalExpression(node, { types, report }) {
        for (const call of promisesAsked(node.condition, types)) report(call, 'condition', { name: nameOf(call) });
      },
    },
  },
  fixes: {
    floating: [awaitCall('safe'), awaitCall('suggest'), catchErrors],
    many: [awaitAll],
    forEach: [awaitAll],
    condition: [awaitCondition],
  },
});
