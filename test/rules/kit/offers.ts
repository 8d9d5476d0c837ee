import type { Finding, FixEdit, FixSafety } from '#engine/api/finding.ts';
import type { Workspace } from '#engine/workspace/workspace.ts';
import { openWorkspace, type RuleSelection, runAll, surroundings } from './openWorkspace.ts';
import { applyEdits, type Files } from './virtualFiles.ts';

/** Findings of all rules by path, and the workspace that made them. */
export interface Analysis {
  readonly files: Files;
  readonly workspace: Workspace;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

/** One fix for one finding of the rule under test, with its edits. */
export interface Offer {
  readonly path: string;
  readonly finding: Finding;
  /** Which of the findings that were asked for in this document, in source order. */
  readonly nth: number;
  /** Index into the rule's fixes for the message. */
  readonly index: number;
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly FixEdit[];
}

export async function analyze(files: Files, selection: RuleSelection): Promise<Analysis> {
  const workspace = openWorkspace(surroundings(files, selection));
  return { files, workspace, findings: await runAll(workspace) };
}

/** Findings of the rule under test by path; documents without any are left out. */
export function own(analysis: Analysis, selection: RuleSelection): ReadonlyMap<string, readonly Finding[]> {
  const entries = [...analysis.findings].map(([path, all]): [string, readonly Finding[]] => [
    path,
    all.filter((finding) => finding.rule === selection.rule.id),
  ]);
  return new Map(entries.filter(([, findings]) => findings.length > 0));
}

function same(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.messageId === b.messageId && a.start === b.start && a.end === b.end;
}

/** Every fix that the workspace offers for the findings of the rule under test, in source order. */
export function offersOf(analysis: Analysis, selection: RuleSelection): Promise<readonly Offer[]> {
  return offersFor(analysis, own(analysis, selection));
}

/** Every fix that the workspace offers for some findings, each named by its rule and its number among these. */
export async function offersFor(
  { workspace }: Analysis,
  wanted: ReadonlyMap<string, readonly Finding[]>,
): Promise<readonly Offer[]> {
  const offers: Offer[] = [];
  for (const [path, findings] of wanted) {
    const version = workspace.version(path);
    if (version === undefined) throw new Error(`${path} has findings and no version.`);
    for (const [nth, finding] of findings.entries()) {
      for (const offer of await workspace.fixes(path, version, finding)) {
        if (!same(offer.finding, finding)) continue;
        const edits = await workspace.fixEdits(offer);
        if (!edits || edits.length === 0) throw new Error(`"${offer.title}" is offered and then has no edits.`);
        const { index, title, safety } = offer;
        offers.push({ path, finding, nth, index, title, safety, edits });
      }
    }
  }
  return offers;
}

/** Which of the fixes of the same safety for the same finding an offer is, from 1. */
export function ordinal(offer: Offer, offers: readonly Offer[]): number {
  return offers.filter((other) => other.finding === offer.finding && other.safety === offer.safety).indexOf(offer) + 1;
}

/** All safe fixes of the rule in all documents, again and again until none is left. */
export async function applySafe(files: Files, selection: RuleSelection): Promise<Files> {
  let current = files;
  for (let pass = 0; pass < 20; pass++) {
    let changed = false;
    for (const path of [...current.keys()].sort()) {
      const { workspace } = await analyze(current, selection);
      const edits = await workspace.fixAll(path, { rule: selection.rule.id });
      workspace.dispose();
      if (edits.length === 0) continue;
      current = applyEdits(current, edits);
      changed = true;
    }
    if (!changed) return current;
  }
  throw new Error('The safe fixes do not come to an end: each pass leaves something to fix.');
}

/**
 * The nth suggested fix (from 1) of every finding that has one, the last finding first, so that those before it stay
 * where they are.
 */
export async function applySuggested(files: Files, selection: RuleSelection, nth: number): Promise<Files> {
  let current = files;
  for (let step = 0; step < 50; step++) {
    const analysis = await analyze(current, selection);
    const offers = (await offersOf(analysis, selection)).filter((offer) => offer.safety === 'suggest');
    const last = offers.findLast((offer) => ordinal(offer, offers) === nth);
    analysis.workspace.dispose();
    if (!last) return current;
    current = applyEdits(current, last.edits);
  }
  throw new Error(`Suggested fix ${nth} does not come to an end: the finding it is for stays.`);
}
