import { commands, Range, type TextDocumentShowOptions, Uri, window, workspace } from 'vscode';
import type { ChecklistFindingPlace, ChecklistItemDetails, ChecklistPlace } from '#protocol/checklist.ts';
import { ruleUrl } from '#protocol/links.ts';
import { openRulePageCommand } from '#protocol/messages.ts';
import { verdictWords } from '#protocol/verdicts.ts';

/** Opens a file at a place and selects it. As a click does: `showTextDocument` would keep it open without its tab. */
export async function openPlace({ uri, range }: ChecklistPlace): Promise<void> {
  const { start, end } = range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  const options: TextDocumentShowOptions = { selection };
  await commands.executeCommand('vscode.open', Uri.parse(uri, true), options);
}

/** Opens the first line of a place. */
export async function openLine(uri: string, line: number): Promise<void> {
  const start = { line, character: 0 };
  await openPlace({ uri, range: { start, end: start } });
}

interface PlacePick {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly place: ChecklistPlace;
}

/** Goes to what speaks about an item; lets the user choose where there is more than one place. */
export async function goToEvidence(details: ChecklistItemDetails): Promise<void> {
  const picks = details.evidence.flatMap(({ rule, findings, elsewhere }) => [
    ...findings.map((place) => pickOf(rule, place)),
    ...elsewhere.map((place) => pickOf(rule, place)),
  ]);
  const [first] = picks;
  if (first === undefined) {
    void tellWhy(details);
    return;
  }
  const options = { title: details.title, placeHolder: 'Finding to go to', matchOnDescription: true };
  const picked = picks.length === 1 ? first : await window.showQuickPick(picks, { ...options, matchOnDetail: true });
  if (picked !== undefined) await openPlace(picked.place);
}

function pickOf(rule: string, place: ChecklistFindingPlace): PlacePick {
  const path = workspace.asRelativePath(Uri.parse(place.uri, true));
  return { label: `${path}:${place.range.start.line + 1}`, description: rule, detail: place.message, place };
}

/** Nothing stands against the item: its verdict needs words instead of a place. */
async function tellWhy({ node, evidence }: ChecklistItemDetails): Promise<void> {
  const rule = evidence[0]?.rule;
  const open = 'Open Rule Page';
  const answer = await window.showInformationMessage(
    `${verdictWords[node.verdict]}: ${node.why}`,
    ...(rule === undefined ? [] : [open]),
  );
  if (answer === open && rule !== undefined) {
    await commands.executeCommand(openRulePageCommand, { rule, url: ruleUrl(rule) });
  }
}
