import { z } from 'zod';
import { rule } from '#api';
import { REGISTERS } from '../../_shared/web/routers.ts';
import { sendThenReturn, sendThenReturnEverywhere } from './fixes.ts';
import { arrowFact, placeOf, returnFact, routeFact, violations } from './violations.ts';

const fixes = [sendThenReturn, sendThenReturnEverywhere];

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Handlers that are to return nothing and return the response object.',
    promise: 'Handlers return what their types promise',
    topics: ['return type', 'declared void', 'void handler', 'Promise<void>', 'return res'],
    subject: ['express', 'NextApiResponse', 'FastifyReply', 'ServerResponse', 'RequestHandler'],
    references: [
      {
        title: 'TypeScript handbook: return type void',
        url: 'https://www.typescriptlang.org/docs/handbook/2/functions.html#return-type-void',
      },
    ],
    messages: {
      declared:
        'This function is declared to return nothing, but {calls} gives back the response object, so the declaration does not hold. Send the response in a statement of its own, then return.',
      handler:
        'A handler is to return nothing, but {calls} gives back the response object. Handler types that say so refuse it, and a path without an answer goes unnoticed beside it. Send the response in a statement of its own, then return.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      ReturnStatement: returnFact,
      ArrowFunction: arrowFact,
      CallExpression: { named: REGISTERS, listen: routeFact },
    },
    check(ctx) {
      for (const violation of violations([...ctx.scope.all()], ctx)) {
        ctx.report(placeOf(violation), violation.because, { calls: violation.value.calls });
      }
    },
  },
  fixes: { declared: fixes, handler: fixes },
});
