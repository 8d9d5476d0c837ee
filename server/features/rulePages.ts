import { CodeActionKind, Command } from 'vscode-languageserver';
import { isRule, ruleUrl } from '#protocol/links.ts';
import {
  type ExplainRuleParams,
  type ExplainRuleResult,
  explainRuleRequest,
  openRulePageCommand,
  type RulePage,
} from '#protocol/messages.ts';
import type { ServerContext } from '../context.ts';
import { asObject } from '../convert/fromLsp.ts';

/** Shows the documentation of rules: as an action on findings, and as text on request. */
export function register(ctx: ServerContext): void {
  ctx.actions.push({
    kind: CodeActionKind.QuickFix,
    async provide({ findings, diagnosticOf }) {
      if (ctx.client.options.openRulePage !== true && !ctx.client.showDocument) return [];
      return [...new Set(findings.map((finding) => finding.rule).filter(isRule))].map((rule) => {
        const title = `Open the page of ${rule}`;
        const page: RulePage = { rule, url: ruleUrl(rule) };
        return {
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: findings.filter((finding) => finding.rule === rule).map(diagnosticOf),
          command: Command.create(title, openRulePageCommand, page),
        };
      });
    },
  });

  ctx.onRequest<ExplainRuleParams, ExplainRuleResult | null>({ method: explainRuleRequest }, async (params) => {
    const rule = asObject(params)?.['rule'];
    const markdown = typeof rule === 'string' ? await rulePage(rule) : undefined;
    return typeof rule !== 'string' || markdown === undefined ? null : { rule, markdown, url: ruleUrl(rule) };
  });
}

/** A rule's page; the texts are loaded when the first one is asked for. */
export async function rulePage(rule: string): Promise<string | undefined> {
  const { ruleDocs } = await import('#rules/docs.generated.ts');
  return Object.hasOwn(ruleDocs, rule) ? ruleDocs[rule] : undefined;
}
