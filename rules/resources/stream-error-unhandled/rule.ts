import { z } from 'zod';
import { type FileHeader, rule, type ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isStartedByHand } from '../../_shared/places.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { awaitPipeline } from './fixes.ts';
import { unhandledUse } from './streams.ts';

const MAKERS = /^(?:fs|fs-extra|graceful-fs|fs\/promises)(?:#default)?#(create(?:Read|Write)Stream)$/;

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Streams of files that are piped or written while nobody listens for their errors.',
    promise: 'Errors of streams are handled',
    topics: [
      'stream error',
      'stream pipeline',
      'createReadStream',
      'createWriteStream',
      'unhandled stream',
      'pipe error',
    ],
    subject: ['createReadStream', 'createWriteStream', 'pipeline'],
    references: [
      { title: 'Node.js: stream.pipeline()', url: 'https://nodejs.org/api/stream.html' },
      {
        title: 'CWE-755: Improper Handling of Exceptional Conditions',
        url: 'https://cwe.mitre.org/data/definitions/755.html',
      },
    ],
    messages: {
      piped:
        'Nobody listens for errors of this stream, and pipe() does not pass them on: a file that cannot be {done} ends the process. Use pipeline() of node:stream/promises, or listen for error.',
      used: 'Nobody listens for errors of this stream: a file that cannot be {done} ends the process. Listen for error.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /Stream$/,
        imported: true,
        listen: (call, { header }): ts.CallExpression | undefined => {
          const name = calledName(call) ?? '';
          const mayMake = name.endsWith('Stream') || header.imports.get(name)?.name.endsWith('Stream') === true;
          return mayMake && madeStream(call, header) !== undefined ? call : undefined;
        },
      },
    },
    each(call, ctx) {
      if (isStartedByHand(ctx.header.localPath)) return;
      const use = unhandledUse(call, ctx);
      if (use === undefined || isOwnProgram(call.getSourceFile(), ctx)) return;
      const done = madeStream(call, ctx.header) === 'createReadStream' ? 'read' : 'written';
      ctx.report(call, use.pipe === undefined ? 'used' : 'piped', { done });
    },
  },
  fixes: { piped: [awaitPipeline] },
});

function madeStream({ expression }: ts.CallExpression, header: FileHeader): string | undefined {
  return MAKERS.exec(header.resolve(expression) ?? '')?.[1];
}

/** A file that offers nothing to others and serves nobody: whoever started it sees how it ends. */
function isOwnProgram(file: ts.SourceFile, source: SourceView): boolean {
  source.relyOn(file);
  return !/^\s*export\b|\bexports\b|\.listen\(|\bcreateServer\(/m.test(file.text);
}
