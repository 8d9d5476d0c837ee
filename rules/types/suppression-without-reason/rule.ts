import { z } from 'zod';
import { rule } from '#api';
import { suppressionOf } from './suppression.ts';

/** Files that nobody writes by hand, and those that say what foreign code looks like. */
const NOT_WRITTEN =
  /(?:^|\/)(?:generated|__generated__|gen|dist|build|out|vendor|vendors|third[-_]?party|public|static|assets|\.[\w-]+)\/|[._-](?:gen|generated|min|bundle|pb)\.[cm]?[jt]sx?$|\.d\.[cm]?ts$/i;
const TYPESCRIPT = /\.[cm]?tsx?$/;

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Errors of the compiler and of the linter that are switched off without a word about why.',
    promise: 'Every suppressed error says why',
    topics: ['ts-ignore', 'ts-nocheck', 'ts-expect-error', 'eslint-disable', 'type suppression'],
    subject: ['ts', 'tsx', 'eslint'],
    references: [
      {
        title: 'typescript-eslint: ban-ts-comment',
        url: 'https://typescript-eslint.io/rules/ban-ts-comment/',
      },
      {
        title: 'ESLint: Disable rules',
        url: 'https://eslint.org/docs/latest/use/configure/rules#disabling-rules',
      },
    ],
    messages: {
      types:
        '{name} hides whatever error is on the next line, today and after every change, and nobody can tell whether it is still needed. Correct the error, or write the reason behind it.',
      file: '{name} takes the types away from the whole file, and nothing says why. Remove it and correct what comes up, or write the reason behind it.',
      blind:
        '{name} without a rule switches off all of them, those nobody thought of included. Name the rule and the reason.',
      wide: 'From here on the rule says nothing, about code that is still to be written too, and nobody knows why. Narrow it to the line, or write the reason behind --.',
      line: {
        text: 'Nothing says why the rule is wrong here. Write the reason behind --.',
        priority: 'P3',
      },
    },
  },
  options: z.strictObject({
    lines: z
      .boolean()
      .default(false)
      .describe('Report also a rule of ESLint that is named and switched off for a single line.'),
  }),
  comment: {
    holding: ['@ts-ignore', '@ts-nocheck', '@ts-expect-error', 'eslint-disable'],
    check(comment, ctx) {
      const path = ctx.header.localPath;
      if (NOT_WRITTEN.test(path)) return;
      const found = suppressionOf(comment.text, comment.beside);
      if (found === undefined) return;
      const { kind, name } = found;
      // The compiler reads JavaScript only where somebody asked for it.
      if ((kind === 'types' || kind === 'file') && !TYPESCRIPT.test(path)) return;
      if (kind === 'line' && !ctx.options.lines) return;
      ctx.report(comment, kind, { name });
    },
  },
});
