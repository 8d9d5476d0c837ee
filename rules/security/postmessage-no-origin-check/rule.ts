import { z } from 'zod';
import { rule } from '#api';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { guardOrigin } from './guardOrigin.ts';
import { functionBehind, type Listener, listenerAssignment, listenerCall } from './listeners.ts';
import { trustOf } from './trust.ts';

/** Pages whose messages come from the program around them: editors, design tools, apps. */
const HOSTED = /acquireVsCodeApi|vscode|pluginMessage|ReactNativeWebView|importScripts|chrome\.devtools/i;

const WORKER = /worker|(?:^|\/)sw\.[cm]?[jt]s$/i;

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Messages of other windows that are believed whoever sends them.',
    promise: 'Messages of other windows are taken from known origins alone',
    topics: ['postMessage', 'event.origin', 'origin check', 'message listener', 'cross-window messages'],
    subject: ['postMessage', 'onmessage', 'message'],
    references: [
      {
        title: 'MDN: Window.postMessage, security concerns',
        url: 'https://developer.mozilla.org/en-US/docs/Web/API/Window/postMessage#security_concerns',
      },
      { title: 'CWE-346: Origin Validation Error', url: 'https://cwe.mitre.org/data/definitions/346.html' },
    ],
    messages: {
      used: 'Any site that frames or opens this page, or is framed by it, can send this message, and its data is used as if it came from a friend. Compare event.origin with the origins you know first.',
      signal: {
        text: 'Any site that frames or opens this page, or is framed by it, can send this message and so decide what happens here. Compare event.origin with the origins you know first.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^(?:add|use)EventListener$/,
        listen: (node, { header }): Listener | undefined => listenerCall(node, header),
      },
      BinaryExpression: {
        named: /^onmessage =$/,
        listen: (node, { header }): Listener | undefined => listenerAssignment(node, header),
      },
    },
    check(ctx) {
      const { text } = ctx.file;
      if (WORKER.test(ctx.path.slice(ctx.path.lastIndexOf('/'))) || HOSTED.test(text)) return;
      const reported = new Set<unknown>();
      for (const { node, handler, isBare } of ctx.scope.all()) {
        if (isBare && !/\b(?:window|document)\b/.test(text)) continue;
        const fn = functionBehind(handler, ctx);
        const [event] = fn?.parameters ?? [];
        if (fn === undefined || event === undefined || reported.has(event) || isDevelopmentOnly(node)) continue;
        reported.add(event);
        const trust = trustOf(fn, ctx);
        if (trust !== undefined) ctx.report(event, trust, {}, { related: [{ at: node, label: 'listens here' }] });
      }
    },
  },
  fixes: {
    used: [{ title: 'Take messages of the own origin alone', safety: 'suggest', edits: guardOrigin }],
    signal: [{ title: 'Take messages of the own origin alone', safety: 'suggest', edits: guardOrigin }],
  },
});
