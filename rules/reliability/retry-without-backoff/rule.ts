import { z } from 'zod';
import { type FileHeader, rule, type Span, type ts } from '#api';
import { isStartedByHand } from '../../_shared/places.ts';
import { isUnbounded, onlyNotes } from './bounds.ts';
import { delayOf } from './delays.ts';
import { growDelay } from './grow.ts';
import { type RetryLoop, retryLoop } from './loops.ts';

type Message = 'none' | 'constant' | 'unbounded';

function judge(loop: RetryLoop['loop'], header: FileHeader, report: (message: Message) => void): void {
  if (isStartedByHand(header.localPath)) return;
  const found = retryLoop(loop);
  const delay = found && delayOf(found, header);
  if (found === undefined || delay === undefined || delay.kind === 'other') return;
  if (delay.kind === 'none') {
    if (onlyNotes(found.failure)) report('none');
    return;
  }
  report(isUnbounded(found) ? 'unbounded' : 'constant');
}

/** Where the loop is told: its `catch`, which decides how to go on, as the whole loop would be too much. */
function placeOf(loop: RetryLoop['loop']): ts.Node | Span {
  const failure = retryLoop(loop)?.failure;
  if (failure === undefined) return loop;
  // The keyword. Tokens are kept by the tree and do not move with it.
  const start = failure.getStart();
  return { start, end: start + 'catch'.length };
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Loops that try again at once, in the same rhythm, or for ever.',
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
      none: 'This loop tries again at once: a service that is overloaded gets all attempts within an instant, and none of them helps. Wait between them, longer each time.',
      constant:
        'This loop waits equally long after each attempt: all that failed together come back together. Wait longer each time, up to a limit.',
      unbounded:
        'This loop never gives up: whoever waits for it waits for ever when the other side stays away. Limit the attempts, and wait longer each time.',
    },
  },
  options: z.strictObject({}),
  node: {
    on: {
      ForStatement: (loop, ctx) => judge(loop, ctx.header, (message) => ctx.report(placeOf(loop), message)),
      WhileStatement: (loop, ctx) => judge(loop, ctx.header, (message) => ctx.report(placeOf(loop), message)),
      DoStatement: (loop, ctx) => judge(loop, ctx.header, (message) => ctx.report(placeOf(loop), message)),
    },
  },
  fixes: { constant: [growDelay] },
});
