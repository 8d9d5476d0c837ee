import { commands, Disposable, env, languages, Uri, window, workspace } from 'vscode';
import { type ExplainRuleResult, openRulePageCommand, type RulePage } from '#protocol/messages.ts';

const scheme = 'airworthy-rule';

/**
 * Opens the page of a rule as a Markdown preview. The page comes from the server, so it is there without a network.
 * `explain` answers `null` for an unknown rule.
 */
export function registerOpenRulePage(explain: (rule: string) => Promise<ExplainRuleResult | null>): Disposable {
  const pages = workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const rule = uri.path.replace(/^\/|\.md$/g, '');
      return (await explain(rule))?.markdown ?? `# ${rule}\n\nThis version of Airworthy has no such rule.\n`;
    },
  });
  const open = commands.registerCommand(openRulePageCommand, async (page?: RulePage) => {
    const rule = page?.rule ?? (await pickRule());
    if (!rule) return;
    if (page && !(await explain(rule))) {
      await env.openExternal(Uri.parse(page.url));
      return;
    }
    await commands.executeCommand('markdown.showPreview', Uri.from({ scheme, path: `/${rule}.md` }));
  });
  return Disposable.from(pages, open);
}

/** Lets the user choose among the rules that have findings now. */
async function pickRule(): Promise<string | undefined> {
  const counts = new Map<string, number>();
  for (const [, diagnostics] of languages.getDiagnostics()) {
    for (const { source, code } of diagnostics) {
      const rule = typeof code === 'object' ? String(code.value) : String(code ?? '');
      if (source === 'airworthy' && rule.includes('/')) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  if (counts.size === 0) {
    void window.showInformationMessage('Airworthy has no findings here, so there is no rule to explain.');
    return undefined;
  }
  const items = [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([label, count]) => ({ label, description: count === 1 ? '1 finding' : `${count} findings` }));
  return (await window.showQuickPick(items, { placeHolder: 'Rule whose page to open' }))?.label;
}
