import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type {
  ChecklistFilter,
  ChecklistGrouping,
  ChecklistOrder,
  ChecklistWaive,
  Priority,
  Verdict,
} from '#protocol/checklist.ts';
import { verdicts, verdictWords } from '#protocol/verdicts.ts';
import { verdictIcons } from './verdictIcons.ts';

const priorities: readonly (Priority | 'none')[] = ['P0', 'P1', 'P2', 'P3', 'none'];

interface Choice extends QuickPickItem {
  readonly priority?: Priority | 'none';
  readonly verdict?: Verdict;
}

/** Asks which priorities and verdicts to show; `undefined` when dismissed. All of a kind, or none, do not restrict. */
export async function askFilter(filter: ChecklistFilter): Promise<ChecklistFilter | undefined> {
  const separator = (label: string): Choice => ({ label, kind: QuickPickItemKind.Separator });
  const choices: Choice[] = [
    separator('Priority'),
    ...priorities.map(
      (priority): Choice => ({
        label: priority === 'none' ? 'No priority' : priority,
        picked: filter.priorities?.includes(priority) ?? false,
        priority,
      }),
    ),
    separator('Verdict'),
    ...verdicts.map(
      (verdict): Choice => ({
        label: `$(${verdictIcons[verdict].icon}) ${verdictWords[verdict]}`,
        picked: filter.verdicts?.includes(verdict) ?? false,
        verdict,
      }),
    ),
  ];
  const picked = await window.showQuickPick(choices, {
    title: 'Filter Checklist',
    placeHolder: 'What to show; nothing chosen shows all',
    canPickMany: true,
  });
  return (
    picked && {
      ...filter,
      priorities: picked.flatMap(({ priority }) => priority ?? []),
      verdicts: picked.flatMap(({ verdict }) => verdict ?? []),
    }
  );
}

export async function askText(filter: ChecklistFilter): Promise<ChecklistFilter | undefined> {
  const text = await window.showInputBox({
    title: 'Filter Checklist by Text',
    prompt: 'Words of the item, its section, its rules or its files. Empty shows all.',
    value: filter.text ?? '',
  });
  return text === undefined ? undefined : { ...filter, text: text.trim() };
}

const groupings: Readonly<Record<ChecklistGrouping, string>> = {
  document: 'Document and section',
  priority: 'Priority',
  verdict: 'Verdict',
};

const orders: Readonly<Record<ChecklistOrder, string>> = {
  text: 'As written',
  priority: 'Most urgent first',
  verdict: 'What needs somebody first',
};

export const askGrouping = (current: ChecklistGrouping) => askOne('Group Checklist by', groupings, current);
export const askOrder = (current: ChecklistOrder) => askOne('Sort Checklist', orders, current);

async function askOne<T extends string>(
  title: string,
  choices: Readonly<Record<T, string>>,
  current: T,
): Promise<T | undefined> {
  const items = (Object.keys(choices) as T[]).map((value) => ({
    label: choices[value],
    ...(value === current && { description: 'now' }),
    value,
  }));
  return (await window.showQuickPick(items, { title }))?.value;
}

/** Asks for reason, owner and end of a waiver; `undefined` when any of the questions is dismissed. */
export async function askWaiver(id: string, title: string): Promise<ChecklistWaive | undefined> {
  const box = { title: `Waive “${title}”`, ignoreFocusOut: true };
  const reason = await window.showInputBox({
    ...box,
    prompt: 'Why can the project live with this? The reason is written behind the item. (1 of 3)',
    placeHolder: 'e.g. only reachable through the VPN',
    validateInput: (text) => (text.trim() ? undefined : 'A reason is needed: the next reader will ask.'),
  });
  if (!reason?.trim()) return undefined;
  const owner = await window.showInputBox({
    ...box,
    prompt: 'Who decides this? Empty for nobody in particular. (2 of 3)',
    placeHolder: '@name',
    validateInput: (text) => (/^@?[\w.-]*$/.test(text.trim()) ? undefined : 'A name such as @ada.'),
  });
  if (owner === undefined) return undefined;
  const until = await window.showInputBox({
    ...box,
    prompt: 'Until which day? The item is open again afterwards. Empty for no end. (3 of 3)',
    placeHolder: 'YYYY-MM-DD',
    validateInput: (text) => (text.trim() === '' || isDay(text.trim()) ? undefined : 'A day such as 2030-03-01.'),
  });
  if (until === undefined) return undefined;
  return { id, reason: reason.trim(), owner: owner.trim(), until: until.trim() };
}

/** Asks whether a claim is done that the code cannot tell about. */
export async function askWhetherDone(title: string): Promise<boolean | undefined> {
  const choices = [
    { label: 'It is done', detail: 'Tick it in all documents', done: true },
    { label: 'It is open', detail: 'Untick it in all documents', done: false },
  ];
  return (await window.showQuickPick(choices, { title: `The code cannot tell: “${title}”` }))?.done;
}

/** Whether a text is a day that the calendar has. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
