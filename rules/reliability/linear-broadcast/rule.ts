import { z } from 'zod';
import { type NodeContext, rule, type ts } from '#api';
import { isOutsideService } from '../../_shared/places.ts';
import { isPageFile } from '../../_shared/web/serverFile.ts';
import { linearBroadcast } from './walks.ts';

function check(node: ts.ForOfStatement | ts.ExpressionStatement, ctx: NodeContext<'walked', unknown>): void {
  const found = linearBroadcast(node);
  if (found === undefined || isPageFile(ctx.header) || isOutsideService(ctx.header.localPath)) return;
  ctx.report(found.list, 'walked', { list: textOf(found.list), topic: textOf(found.topic) });
}

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Messages that are offered to every subscriber to find the few that want them.',
    promise: 'Messages go to those who subscribed to their topic, without asking everybody',
    topics: ['broadcast', 'publish subscribe', 'pub/sub', 'topic routing', 'room', 'fan-out', 'websocket broadcast'],
    subject: ['subscribers', 'clients', 'connections', 'broadcast', 'publish', 'subscribe'],
    references: [
      { title: 'CWE-407: Inefficient Algorithmic Complexity', url: 'https://cwe.mitre.org/data/definitions/407.html' },
      {
        title: 'MDN: Map',
        url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Map',
      },
    ],
    messages: {
      walked:
        '{list} holds everybody, and all of them are walked for each message to find those whose {topic} fits: the work grows with everybody who is connected, not with who listens. Keep a Map from the topic to those who want it, and send to these.',
    },
  },
  options: z.strictObject({}),
  node: { on: { ForOfStatement: check, ExpressionStatement: check } },
});

function textOf(node: ts.Node): string {
  return node.getText().replace(/\s+/g, '');
}
