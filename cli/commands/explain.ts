import { ruleUrl } from '#protocol/links.ts';
import { ruleDocs } from '#rules/docs.generated.ts';
import { rules } from '#rules/index.generated.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exitCodes.ts';
import { knownRule } from '../knownRule.ts';
import { renderMarkdown } from '../reporters/markdown.ts';
import { UsageError } from '../usageError.ts';

export const explain: Command = {
  spec: {
    name: 'explain',
    usage: '<rule>',
    summary: 'Tells what a rule reports, why it matters and what to do about it.',
    positionals: 1,
    options: {},
  },

  async run(args, terminal) {
    const [id] = args.positionals;
    if (id === undefined) throw new UsageError('Name the rule to explain: airworthy explain <rule>.');
    const rule = knownRule(id, rules);
    const { meta } = rule;
    const { colors } = terminal;
    const facts = [
      `priority ${meta.priority}`,
      meta.enabled === false ? 'off by default' : 'on by default',
      ...(meta.appliesTo === 'tests' ? ['tests only'] : meta.appliesTo === 'everywhere' ? ['tests too'] : []),
    ];
    const readme = (ruleDocs[rule.id] ?? '').replace(/^# .*\n+/, '');
    const references = (meta.references ?? []).map(({ title, url }) => `${title}: ${url}`);
    terminal.write(
      [
        colors.bold(rule.id),
        colors.dim(facts.join(', ')),
        '',
        ...renderMarkdown(readme === '' ? meta.summary : readme, terminal),
        '',
        ...[...references, ruleUrl(rule.id)].map((line) => colors.dim(line)),
        '',
      ].join('\n'),
    );
    return exitCode.clean;
  },
};
