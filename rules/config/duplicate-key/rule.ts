import { z } from 'zod';
import { type Finding, type FixContext, rule, type TextEdit } from '#api';
import { isConfigData, isConfigSource } from './configFile.ts';
import { lostEntries } from './dataDuplicates.ts';
import { keepFirst, keepLast, merge } from './fix.ts';
import { lostMembers } from './sourceDuplicates.ts';

const sameText = (a: string, b: string): boolean => a.replace(/\s+/g, ' ') === b.replace(/\s+/g, ' ');

const repair: readonly {
  readonly title: string;
  readonly safety: 'suggest';
  edits(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined;
}[] = [
  { title: 'Merge both {key}', safety: 'suggest', edits: merge },
  { title: 'Keep the last {key}', safety: 'suggest', edits: keepLast },
  { title: 'Keep the first {key}', safety: 'suggest', edits: keepFirst },
];

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Configuration with the same key twice in one object, of which one is lost.',
    promise: 'No configuration has a key twice',
    appliesTo: 'everywhere',
    topics: ['duplicate key', 'duplicate keys', 'duplicated key', 'same key twice', 'no-dupe-keys'],
    subject: ['config', 'scripts', 'jobs', 'services', 'compilerOptions'],
    references: [
      { title: 'RFC 8259: names within an object', url: 'https://www.rfc-editor.org/rfc/rfc8259#section-4' },
      { title: 'YAML 1.2.2: mapping keys are unique', url: 'https://yaml.org/spec/1.2.2/#3211-nodes' },
      { title: 'ESLint: no-dupe-keys', url: 'https://eslint.org/docs/latest/rules/no-dupe-keys' },
    ],
    messages: {
      lost: 'A later {key} in the same object replaces this one, so what it says is silently lost. Merge the two, or take one out.',
      refused:
        'A later {key} stands in the same mapping: strict readers refuse the file, all others silently drop this one. Merge the two, or take one out.',
      same: {
        text: 'A later {key} in the same object says the same. Whoever changes only this one changes nothing. Take one out.',
        priority: 'P3',
      },
    },
  },
  options: z.strictObject({}),
  node: {
    on: {
      ObjectLiteralExpression(node, ctx) {
        if (node.properties.length < 2 || !isConfigSource(ctx.header.localPath)) return;
        for (const { key, lost, kept } of lostMembers(node)) {
          const message = sameText(lost.getText(), kept.getText()) ? 'same' : 'lost';
          ctx.report(lost.name, message, { key }, { related: [{ at: kept.name, label: 'This one holds' }] });
        }
      },
    },
  },
  documents: {
    languages: ['json', 'yaml'],
    matches: isConfigData,
    check({ document, report }) {
      if (document.language !== 'json' && document.language !== 'yaml') return;
      const textOf = ({ start, end }: { readonly start: number; readonly end: number }): string =>
        document.text.slice(start, end);
      for (const { lost, kept } of lostEntries(document)) {
        const isSame = document.language === 'json' && sameText(textOf(lost.span), textOf(kept.span));
        const message = document.language === 'yaml' ? 'refused' : isSame ? 'same' : 'lost';
        const related = [{ at: kept.keySpan, label: 'This one holds' }];
        report(lost.keySpan, message, { key: lost.key }, { related });
      }
    },
  },
  fixes: {
    lost: repair,
    refused: repair,
    same: [{ title: 'Take this {key} out', safety: 'safe', edits: keepLast }],
  },
});
