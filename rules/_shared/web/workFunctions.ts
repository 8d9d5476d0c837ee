import { type FunctionNode, ts } from '#api';
import { calledName } from '../calls.ts';
import { isFunctionWithBody } from '../enclosing.ts';
import type { SourceView } from '../sourceView.ts';
import { handlerOf } from './handlerRoles.ts';

/** What a function is called for, again and again while the process serves others. */
export type Work = 'request' | 'socket' | 'job';

/** How messages speak of it. */
export const WORK_NAMES: Readonly<Record<Work, string>> = {
  request: 'a request handler',
  socket: 'a handler of socket events',
  job: 'the work of a job',
};

/** Packages whose `on` listens to other ends of a connection. */
const SOCKET_PACKAGES = ['socket.io', 'ws', 'net', 'tls', '@fastify/websocket', 'mqtt'] as const;
/** Packages whose workers call a function for each job or message. */
const JOB_PACKAGES = ['bullmq', 'bull', 'bee-queue', 'agenda', 'amqplib', 'kafkajs', 'node-cron', 'cron'] as const;
const JOB_CALLS = new Set(['Worker', 'process', 'consume', 'define', 'schedule', 'CronJob']);

/** The work that a node is part of: that of the nearest function around it which is called for a request, an event or a job. */
export function workAround(node: ts.Node, source: SourceView): Work | undefined {
  for (let up = node.parent; up !== undefined; up = up.parent) {
    const work = isFunctionWithBody(up) ? workOf(up, source) : undefined;
    if (work !== undefined) return work;
  }
  return undefined;
}

/** What a function is called for; `undefined` when that is nothing of these, or cannot be told. */
export function workOf(fn: FunctionNode, source: SourceView): Work | undefined {
  if (handlerOf(fn, source) !== undefined) return 'request';
  const { parent } = fn;
  const { modules } = source.header;
  if (ts.isPropertyAssignment(parent)) {
    return modules.has('kafkajs') && /^each(?:Message|Batch)$/.test(parent.name.getText()) ? 'job' : undefined;
  }
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return undefined;
  if (parent.expression === fn) return undefined;
  const name = calledName(parent) ?? '';
  if (JOB_CALLS.has(name)) return JOB_PACKAGES.some((module) => modules.has(module)) ? 'job' : undefined;
  const [event] = parent.arguments ?? [];
  if (name !== 'on' || event === undefined || !ts.isStringLiteralLike(event)) return undefined;
  if (/^(?:listening|close|exit|error|ready|connect)$/.test(event.text)) return undefined;
  return SOCKET_PACKAGES.some((module) => modules.has(module)) && isServing(parent, source) ? 'socket' : undefined;
}

/** `socket.on(…)`, `io.on(…)`, `ws.on(…)`; an emitter of the program's own may be anything. */
function isServing(call: ts.CallExpression | ts.NewExpression, { header }: SourceView): boolean {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const root = callee.expression.getText();
  return (
    header.resolve(callee.expression) === undefined &&
    /(?:socket|ws|wss|io|conn(?:ection)?|server|client|namespace|nsp)$/i.test(root)
  );
}
