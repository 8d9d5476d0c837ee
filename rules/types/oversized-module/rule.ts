import { z } from 'zod';
import { rule, type ts } from '#api';
import { isOutsideService, preparesData } from '../../_shared/places.ts';
import { hasMoreLines } from './codeLines.ts';
import { mixOf } from './evidence.ts';
import { importOfInterest } from './trigger.ts';

export const options = z.strictObject({
  lines: z
    .int()
    .min(1)
    .default(400)
    .describe('How many lines of code a module may have that answers requests and queries the database itself.'),
});

/** Whether a file was seen to have both, by its import (cache: mixed modules); ends with the judgement of the import. */
const mixed = new WeakMap<ts.Node, boolean>();

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Long modules that answer requests, decide and query the database all in one.',
    promise: 'Requests, rules of the business and queries are in modules of their own',
    topics: [
      'oversized module',
      'god module',
      'fat controller',
      'large file',
      'file size',
      'separation of concerns',
      'max-lines',
    ],
    subject: ['express', 'fastify', 'koa', 'hono', 'Controller', 'router', 'handler'],
    references: [
      {
        title: 'CWE-1080: Source Code File with Excessive Number of Lines of Code',
        url: 'https://cwe.mitre.org/data/definitions/1080.html',
      },
    ],
    messages: {
      mixed:
        'This module has more than {lines} lines of code, and answers requests and queries the database in them: what it decides cannot be tested without both, and every change is made in the same file. Move the queries, and what is done with their answers, into modules of their own.',
    },
  },
  options,
  file: {
    collect: { ImportDeclaration: importOfInterest, VariableStatement: importOfInterest },
    /** Looks for handlers and queries, and again only where those that it found have changed. */
    each(place, ctx) {
      const file = place.getSourceFile();
      const mix = hasMoreLines(file.text, ctx.options.lines) ? mixOf(file, ctx) : undefined;
      mixed.set(place, mix !== undefined);
      for (const evidence of mix ?? [file]) ctx.relyOn(evidence);
    },
    /** Reports once for the file, and as long as it is too long. */
    check(ctx) {
      const { localPath } = ctx.header;
      const { lines } = ctx.options;
      if (preparesData(localPath) || isOutsideService(localPath)) return;
      const [place] = ctx.scope.all();
      if (place === undefined || mixed.get(place) !== true || !hasMoreLines(ctx.file.text, lines)) return;
      ctx.report(place, 'mixed', { lines: String(lines) });
    },
  },
});
