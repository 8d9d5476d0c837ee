import type { FixSafety } from '#engine/api/finding.ts';
import type { RegisteredRule } from '#engine/api/rule.ts';
import { categoryNames } from '#engine/config/schema.ts';
import { ruleUrl } from '#protocol/links.ts';
import { rules as allRules } from '#rules/index.generated.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exitCodes.ts';
import { wrap } from '../reporters/wrap.ts';
import type { Terminal } from '../terminal.ts';

export const rules: Command = {
  spec: {
    name: 'rules',
    usage: '[options]',
    summary: 'Lists all rules with their priority, what they report and what can be fixed.',
    positionals: 0,
    options: {
      format: { type: 'string', value: 'name', choices: ['pretty', 'json'], help: 'How to write the list.' },
      category: { type: 'string', value: 'name', multiple: true, choices: categoryNames, help: 'Lists these only.' },
    },
  },

  async run(args, terminal) {
    const wanted = args.values('category');
    const listed = allRules.filter(({ category }) => wanted.length === 0 || wanted.includes(category));
    terminal.write(args.value('format') === 'json' ? asJson(listed) : asText(listed, terminal));
    return exitCode.clean;
  },
};

function asJson(listed: readonly RegisteredRule[]): string {
  const list = listed.map((rule) => ({
    id: rule.id,
    category: rule.category,
    priority: rule.meta.priority,
    enabled: rule.meta.enabled !== false,
    fixes: fixesOf(rule),
    summary: rule.meta.summary,
    since: rule.meta.since,
    url: ruleUrl(rule.id),
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

function asText(listed: readonly RegisteredRule[], { colors, width }: Terminal): string {
  const blocks = categoryNames.flatMap((category) => {
    const own = listed.filter((rule) => rule.category === category);
    if (own.length === 0) return [];
    const lines = own.flatMap((rule) => {
      const notes = [
        ...(rule.meta.enabled === false ? ['off by default'] : []),
        ...fixesOf(rule).map((kind) => `${kind} fix`),
      ];
      const head = `  ${rule.meta.priority} ${rule.id}${notes.length > 0 ? colors.dim(`  ${notes.join(', ')}`) : ''}`;
      return [head, ...wrap(rule.meta.summary, width - 5).map((line) => colors.dim(`     ${line}`))];
    });
    return [[colors.bold(category), ...lines, ''].join('\n')];
  });
  return `${[...blocks, `${listed.length} ${listed.length === 1 ? 'rule' : 'rules'}`].join('\n')}\n`;
}

function fixesOf(rule: RegisteredRule): readonly FixSafety[] {
  const fixes = Object.values(rule.fixes ?? {}).flatMap((list) => list ?? []);
  return (['safe', 'suggest'] as const).filter((safety) => fixes.some((fix) => fix.safety === safety));
}
