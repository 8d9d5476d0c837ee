import { z } from 'zod';
import { rule, type Span, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import { isStartedByHand } from '../../_shared/places.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type AfterFailure, delayBeforeAgain, mayTryAgain } from './again.ts';
import { isUnbounded } from './bounds.ts';
import { delayIn } from './delays.ts';
import { growDelay } from './grow.ts';
import { isWaiting, type RetryLoop, retryLoop } from './loops.ts';
import { onlyNotes } from './notes.ts';
import { SETTINGS, steadyCall, steadySetting } from './settings.ts';

type Message = 'none' | 'constant' | 'unbounded';

/** What may try again: a loop, or what runs after a failure. */
type Fact = { readonly loop: RetryLoop['loop'] } | { readonly after: AfterFailure };

const loopFact = (loop: RetryLoop['loop']): Fact | undefined => (retryLoop(loop) === undefined ? undefined : { loop });
const againFact = (after: AfterFailure): Fact | undefined => (mayTryAgain(after) ? { after } : undefined);

function judgeLoop(found: RetryLoop, source: SourceView): Message | undefined {
  const around = enclosingFunction(found.loop);
  if (around !== undefined && isWaiting(functionName(around))) return undefined;
  const delay = delayIn(found.loop.statement, found.attempt.tryBlock, source);
  if (delay.kind === 'other') return undefined;
  if (delay.kind === 'constant') return isUnbounded(found) ? 'unbounded' : 'constant';
  const { block, variableDeclaration } = found.failure;
  return onlyNotes(block, variableDeclaration?.name.getText()) ? 'none' : undefined;
}

/** Where it is told: the `catch`, which decides how to go on, as the whole loop would be too much. */
function placeOf(after: AfterFailure): ts.Node | Span {
  if (ts.isCallExpression(after)) return memberCall(after)?.place ?? after;
  // The keyword. Tokens are kept by the tree and do not move with it.
  const start = after.getStart();
  return { start, end: start + 'catch'.length };
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'What failed is tried again at once, in the same rhythm, or for ever.',
    promise: 'What fails is tried again with growing pauses, and not for ever',
    topics: ['retry', 'backoff', 'exponential backoff', 'retries', 'jitter'],
    subject: ['retry', 'retries', 'attempt', 'attempts', 'backoff'],
    references: [
      {
        title: 'AWS Builders Library: Timeouts, retries, and backoff with jitter',
        url: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
      },
      {
        title: 'CWE-799: Improper Control of Interaction Frequency',
        url: 'https://cwe.mitre.org/data/definitions/799.html',
      },
    ],
    messages: {
      none: 'What failed is tried again at once here: a service that is overloaded gets all attempts within an instant, and none of them helps. Wait between them, longer each time.',
      constant:
        'This waits equally long after each attempt: all that failed together come back together. Wait longer each time, up to a limit.',
      unbounded:
        'This loop never gives up: whoever waits for it waits for ever when the other side stays away. Limit the attempts, and wait longer each time.',
    },
  },
  options: z.strictObject({}),
  node: {
    on: {
      CallExpression: {
        named: /^(?:retry|operation)$/,
        imported: true,
        listen(call, { header, report }) {
          const steady = isStartedByHand(header.localPath) ? undefined : steadyCall(call, header);
          if (steady !== undefined) report(steady.place, steady.kind);
        },
      },
      PropertyAssignment: {
        named: SETTINGS,
        listen(setting, { header, report }) {
          const steady = isStartedByHand(header.localPath) ? undefined : steadySetting(setting, header);
          if (steady !== undefined) report(steady.place, steady.kind);
        },
      },
    },
  },
  file: {
    collect: {
      ForStatement: loopFact,
      WhileStatement: loopFact,
      DoStatement: loopFact,
      CatchClause: againFact,
      CallExpression: { named: /^catch$/, listen: againFact },
    },
    each(fact, ctx) {
      if (isStartedByHand(ctx.header.localPath)) return;
      if ('loop' in fact) {
        const found = retryLoop(fact.loop);
        const message = found && judgeLoop(found, ctx);
        if (found !== undefined && message !== undefined) ctx.report(placeOf(found.failure), message);
        return;
      }
      const delay = delayBeforeAgain(fact.after, ctx);
      if (delay !== undefined && delay.kind !== 'other') ctx.report(placeOf(fact.after), delay.kind);
    },
  },
  fixes: { constant: [growDelay] },
});
