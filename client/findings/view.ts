import {
  commands,
  Disposable,
  EventEmitter,
  env,
  languages,
  type Memento,
  Position,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from 'vscode';
import { isRule, ruleUrl } from '#protocol/links.ts';
import { openRulePageCommand } from '#protocol/messages.ts';
import { collectFindings } from './collect.ts';
import { type FindingGroup, type FindingGrouping, groupFindings, type ShownFinding } from './groups.ts';

/** Milliseconds over which changed diagnostics are gathered. */
const QUIET = 200;
const groupingKey = 'airworthy.findings.grouping';
const groupings: readonly { readonly label: string; readonly value: FindingGrouping }[] = [
  { label: 'Priority', value: 'priority' },
  { label: 'Rule', value: 'rule' },
  { label: 'File', value: 'file' },
];

const icons = {
  P0: { icon: 'error', color: 'problemsErrorIcon.foreground' },
  P1: { icon: 'warning', color: 'problemsWarningIcon.foreground' },
  P2: { icon: 'info', color: 'problemsInfoIcon.foreground' },
  P3: { icon: 'lightbulb', color: undefined },
};

type Entry = FindingGroup | ShownFinding;

/** The findings of the Problems panel by priority, rule or file. */
class FindingsTree implements TreeDataProvider<Entry> {
  readonly #changed = new EventEmitter<undefined>();
  readonly #memento: Memento;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  get grouping(): FindingGrouping {
    return this.#memento.get<FindingGrouping>(groupingKey, 'priority');
  }

  async group(by: FindingGrouping): Promise<void> {
    await this.#memento.update(groupingKey, by);
    this.#changed.fire(undefined);
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  getChildren(entry?: Entry): Entry[] {
    if (entry !== undefined) return 'findings' in entry ? [...entry.findings] : [];
    return [...groupFindings(collectFindings(), this.grouping)];
  }

  getTreeItem(entry: Entry): TreeItem {
    return 'findings' in entry ? groupItem(entry) : findingItem(entry, this.grouping);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function groupItem({ id, label, priority, findings }: FindingGroup): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  item.id = id;
  item.description = String(findings.length);
  item.iconPath = iconOf(priority);
  item.contextValue = id.startsWith('rule:') && isRule(label) ? ' rule ' : ' group ';
  item.accessibilityInformation = { label: `${label}, ${count}` };
  return item;
}

function findingItem(finding: ShownFinding, grouping: FindingGrouping): TreeItem {
  const { path, line, character, rule, message, priority, uri } = finding;
  const place = `${grouping === 'file' ? '' : path}:${line + 1}`;
  const item = new TreeItem(message);
  item.description = grouping === 'rule' ? place : `${place} · ${rule}`;
  item.tooltip = `${message}\n${priority} ${rule}\n${path}:${line + 1}`;
  item.iconPath = iconOf(priority);
  item.contextValue = isRule(rule) ? ' finding rule ' : ' finding ';
  item.accessibilityInformation = { label: `${priority}, ${message}, ${rule}, ${path}, line ${line + 1}` };
  const at = new Position(line, character);
  item.command = {
    command: 'vscode.open',
    title: 'Go to Finding',
    arguments: [Uri.parse(uri, true), { selection: new Range(at, at) }],
  };
  return item;
}

function iconOf(priority: ShownFinding['priority']): ThemeIcon {
  const { icon, color } = icons[priority];
  return new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
}

/** Adds the view *Findings* and its commands. */
export function registerFindings(memento: Memento): Disposable {
  const tree = new FindingsTree(memento);
  const view = window.createTreeView('airworthy.findings', { treeDataProvider: tree, showCollapseAll: true });
  let timer: NodeJS.Timeout | undefined;
  const ruleOf = (entry: Entry | undefined): string | undefined =>
    entry === undefined ? undefined : 'findings' in entry ? entry.label : entry.rule;
  return Disposable.from(
    view,
    tree,
    new Disposable(() => clearTimeout(timer)),
    languages.onDidChangeDiagnostics(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        tree.refresh();
      }, QUIET);
    }),
    commands.registerCommand('airworthy.findings.group', async () => {
      const items = groupings.map((one) => ({ ...one, ...(one.value === tree.grouping && { description: 'now' }) }));
      const picked = await window.showQuickPick(items, { title: 'Group Findings by' });
      if (picked !== undefined) await tree.group(picked.value);
    }),
    commands.registerCommand('airworthy.findings.openRulePage', async (entry: Entry | undefined) => {
      const rule = ruleOf(entry ?? view.selection[0]);
      if (rule !== undefined) await commands.executeCommand(openRulePageCommand, { rule, url: ruleUrl(rule) });
    }),
    commands.registerCommand('airworthy.findings.copy', async (entry: Entry | undefined) => {
      const finding = entry ?? view.selection[0];
      if (finding === undefined || 'findings' in finding) return;
      const { path, line, message, priority, rule } = finding;
      await env.clipboard.writeText(`${path}:${line + 1} ${priority} ${message} (${rule})`);
    }),
  );
}
