import { z } from 'zod';
import { type FixContext, rule, type TextEdit, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { ENTRY_MEMBERS, handlerOf, type PageEntry, pageEntry } from '../../_shared/electron/pageEntries.ts';
import { indentAt, indentUnit, lineEnd, quoteMark } from '../../_shared/layout.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { looksAtSender, privilegedCall } from './privileged.ts';

/** Refuses frames inside the page, at the start of a handler that is written at the call. */
function refuseFrames(ctx: FixContext<unknown>): readonly TextEdit[] | undefined {
  const call = ctx.node(ts.isExpression)?.parent;
  const entry = call && ts.isCallExpression(call) ? pageEntry(call, ctx.header) : undefined;
  const fn = entry && handlerOf(entry, ctx);
  const event = fn?.parameters[0]?.name;
  if (fn?.body === undefined || !ts.isBlock(fn.body) || event === undefined || !ts.isIdentifier(event))
    return undefined;
  const eol = lineEnd(ctx.text);
  const indent = `${eol}${indentAt(ctx.text, fn.getStart())}${indentUnit(ctx.text)}`;
  const quote = quoteMark(ctx.text);
  const guard = `if (${event.text}.senderFrame !== ${event.text}.sender.mainFrame) throw new Error(${quote}Refused: not the main frame${quote})${statementEnd(ctx.file)}`;
  return [ctx.insert(fn.body.getStart() + 1, `${indent}${guard}`)];
}

export default rule({
  meta: {
    priority: 'P2',
    enabled: false,
    since: 'next',
    summary: 'Electron IPC handlers that work with files, programs or the desktop for whichever frame asks.',
    promise: 'Privileged IPC handlers check who sends the message',
    topics: ['ipcMain', 'IPC sender', 'senderFrame', 'Electron IPC', 'IPC handler validation'],
    subject: ['ipcMain', 'senderFrame'],
    references: [
      {
        title: 'Electron: Validate the sender of all IPC messages',
        url: 'https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages',
      },
      { title: 'CWE-346', url: 'https://cwe.mitre.org/data/definitions/346.html' },
    ],
    messages: {
      unchecked:
        '{work} does here what the page asks, and every frame that is loaded into a window can ask, embedded ones as well. Compare {event}.senderFrame with the pages that you trust first.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: new Set(ENTRY_MEMBERS),
        listen: (node, { header }): PageEntry | undefined => {
          if (!header.modules.has('electron') && !header.modules.has('electron/main')) return undefined;
          const entry = pageEntry(node, header);
          return entry?.kind === 'ipc' ? entry : undefined;
        },
      },
    },
    each(entry, ctx) {
      const fn = handlerOf(entry, ctx);
      const work = fn && privilegedCall(fn, ctx.header);
      if (fn === undefined || work === undefined || looksAtSender(fn)) return;
      const event = fn.parameters[0]?.name;
      const data = {
        work: memberCall(work)?.name ?? work.expression.getText(),
        event: event !== undefined && ts.isIdentifier(event) ? event.text.replace(/^_+/, '') || 'event' : 'event',
      };
      ctx.report(entry.call.expression, 'unchecked', data);
    },
  },
  fixes: {
    unchecked: [{ title: 'Refuse frames inside the page', safety: 'suggest', edits: refuseFrames }],
  },
});
