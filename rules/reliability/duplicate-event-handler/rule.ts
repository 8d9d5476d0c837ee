import { z } from 'zod';
import { rule } from '#api';
import { areAlike } from './alike.ts';
import { earlierListening } from './earlier.ts';
import { ADDS, listeningOf } from './listening.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Events that two handlers react to in the same way.',
    promise: 'No event is handled twice',
    topics: ['duplicate handler', 'duplicate listener', 'event handler', 'handled twice'],
    subject: ['on', 'addListener', 'addEventListener', 'EventEmitter'],
    references: [
      { title: 'Node.js: emitter.on()', url: 'https://nodejs.org/api/events.html#emitteroneventname-listener' },
    ],
    messages: {
      twice:
        "{emitter} has a handler for '{event}' already that does the same, so all of it happens twice. Keep one of them, or say in one what the other adds.",
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: ADDS, listen: listeningOf } },
    each(listening, ctx) {
      const earlier = earlierListening(listening, ctx);
      if (earlier === undefined || !areAlike(earlier, listening, ctx)) return;
      const { emitter, event } = listening;
      const place = listening.call.arguments[0] ?? listening.call;
      ctx.report(
        place,
        'twice',
        { emitter, event },
        { related: [{ at: earlier.call.arguments[0] ?? earlier.call, label: 'It is handled here first.' }] },
      );
    },
  },
});
