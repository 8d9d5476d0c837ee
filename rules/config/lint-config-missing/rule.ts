import { z } from 'zod';
import { rule, ts } from '#api';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { scriptsFacet } from '../../_shared/project/scriptsFacet.ts';
import { biomeFacet } from './biomeFacet.ts';
import { isConfigModule, isConfigText, offInModule, offInText } from './switchedOff.ts';
import { unlinted } from './unlinted.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary:
      'Projects without a linter, linters without a configuration, and configurations that switch off what finds bugs.',
    promise: 'A linter checks all code',
    appliesTo: 'everywhere',
    topics: ['eslint config', 'linter', 'lint rules disabled', 'biome', 'oxlint', 'eslint.config.js', 'lint setup'],
    subject: ['scripts', 'rules'],
    references: [
      { title: 'ESLint: configuration files', url: 'https://eslint.org/docs/latest/use/configure/configuration-files' },
      { title: 'Biome: configure', url: 'https://biomejs.dev/guides/configure-biome/' },
    ],
    messages: {
      missing:
        'No linter looks at this code: none is installed and none is configured, so promises that nobody awaits and names that nobody uses stay until they fail. Add ESLint, Biome or oxlint.',
      unconfigured:
        'ESLint is installed and has no configuration, so it ends with an error instead of looking at the code. Add an eslint.config.js.',
      linterOff:
        'The linter of Biome is switched off, and no other one is installed, so nothing looks for mistakes. Take "enabled": false out.',
      wholesale:
        'This switches off {count} rules that find bugs ({names}), so what they find stays unseen everywhere. Turn them on again, and silence single places instead.',
    },
  },
  options: z.strictObject({
    /** Rules that find bugs and are off in one list. */
    limit: z
      .number()
      .int()
      .min(1)
      .default(4)
      .describe('How many of the rules that find bugs may be off in one list before it is reported.'),
  }),
  node: {
    on: {
      ExportAssignment(node, ctx) {
        if (!isConfigModule(ctx.header.localPath)) return;
        for (const off of offInModule(node.expression)) {
          if (off.names.length >= ctx.options.limit) ctx.report(off.at, 'wholesale', told(off.names));
        }
      },
      BinaryExpression: {
        named: / =$/,
        listen: (node, ctx) => {
          if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !isConfigModule(ctx.header.localPath)) return;
          for (const off of offInModule(node.right)) {
            if (off.names.length >= ctx.options.limit) ctx.report(off.at, 'wholesale', told(off.names));
          }
        },
      },
    },
  },
  documents: {
    languages: ['json', 'yaml'],
    matches: isConfigText,
    check({ document, options, report }) {
      if (!('roots' in document)) return;
      for (const off of offInText(document.roots[0])) {
        if (off.names.length >= options.limit) report(off.at, 'wholesale', told(off.names));
      }
    },
  },
  project: {
    facets: [packageFacet, scriptsFacet, biomeFacet],
    check(ctx) {
      for (const { at, message } of unlinted(ctx)) ctx.report(at, message);
    },
  },
});

function told(names: readonly string[]): { count: number; names: string } {
  const shown = names.slice(0, 4).join(', ');
  return { count: names.length, names: names.length > 4 ? `${shown}, …` : shown };
}
