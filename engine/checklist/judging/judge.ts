import type { ChecklistItem } from '../model.ts';
import { counted, listed } from '../sentences.ts';
import type { Evidence, GateResult, JudgedItem, Verdict } from '../view.ts';

export interface Judgement {
  readonly verdict: Verdict;
  readonly beneath: Verdict;
  readonly why: string;
}

/** What an item is judged by. */
export interface Case {
  readonly item: ChecklistItem;
  /** Strongest first. */
  readonly evidence: readonly EvidenceOnFile[];
  /** Last result of the item's gate; ignored when it is of another command. */
  readonly gate: GateResult | undefined;
  /** `YYYY-MM-DD`; without it no waiver expires. */
  readonly today: string | undefined;
}

/** Evidence, and whether the files that a reference names hold something for the rule to look at. */
export interface EvidenceOnFile extends Evidence {
  readonly seen: boolean;
}

type Answer = readonly [verdict: Verdict, why: string];

/** Weighs the evidence for one item. Where it does not decide, the answer is `open` or `not-checkable`, never a guess. */
export function judge({ item, evidence, gate, today }: Case): Judgement {
  const [beneath, why] = weigh(item, evidence, gate);
  const waived = beneath === 'verified' || beneath === 'not-applicable' ? undefined : waiverOf(item, today);
  return waived === undefined ? { verdict: beneath, beneath, why } : { verdict: waived[0], beneath, why: waived[1] };
}

function waiverOf({ waiver }: ChecklistItem, today: string | undefined): Answer | undefined {
  if (waiver === undefined || waiver.problem !== undefined) return undefined;
  const by = waiver.owner === undefined ? '' : ` by @${waiver.owner}`;
  if (waiver.until === undefined) return ['waived', `Waived${by}: ${waiver.reason}`];
  if (today !== undefined && today > waiver.until)
    return ['expired', `The waiver${by} ended on ${waiver.until}: ${waiver.reason}`];
  return ['waived', `Waived until ${waiver.until}${by}: ${waiver.reason}`];
}

function weigh(item: ChecklistItem, evidence: readonly EvidenceOnFile[], gate: GateResult | undefined): Answer {
  if (item.status === 'dropped') return ['not-applicable', 'The document says that this will not be done.'];
  const deciding = evidence.filter(({ kind }) => kind !== 'related');
  const ran = gate !== undefined && gate.command === item.gate?.command ? gate : undefined;
  return item.status === 'done' ? weighDone(item, deciding, ran) : weighOpen(item, deciding, ran);
}

function weighDone(item: ChecklistItem, deciding: readonly EvidenceOnFile[], gate: GateResult | undefined): Answer {
  const returned = deciding.find(
    (one) => one.verifiedAt !== undefined && one.findings.length + one.elsewhere.length > 0,
  );
  if (returned !== undefined) {
    const at = returned.verifiedAt === '' ? 'before' : `at ${returned.verifiedAt?.slice(0, 12)}`;
    const found = returned.findings.length + returned.elsewhere.length;
    return ['regressed', `This was verified ${at}; ${returned.rule} has ${counted(found, 'finding')} again.`];
  }
  const against = deciding.filter(({ findings }) => findings.length > 0);
  if (against.length > 0) return ['contradicted', `Marked as done, but ${sayFindings(against)}.`];
  if (gate?.exitCode !== undefined && gate.exitCode !== 0)
    return ['contradicted', `Marked as done, but "${gate.command}" ended with exit code ${gate.exitCode}.`];
  return (
    proofOf(item, deciding, gate, 'verified') ??
    noneOfItsKind(deciding) ?? ['not-checkable', whyUndecided(item, deciding, gate)]
  );
}

function weighOpen(item: ChecklistItem, deciding: readonly EvidenceOnFile[], gate: GateResult | undefined): Answer {
  const against = deciding.filter(({ findings }) => findings.length > 0);
  if (against.length > 0) return ['open', `Open: ${sayFindings(against)}.`];
  if (gate?.exitCode !== undefined && gate.exitCode !== 0)
    return ['open', `Open: "${gate.command}" ended with exit code ${gate.exitCode}.`];
  // What only a person can close stays open until that person closes it, whatever the code says.
  const proof = item.human ? undefined : proofOf(item, deciding, gate, 'satisfied');
  return proof ?? noneOfItsKind(deciding) ?? ['open', 'Open; nothing shows that it is done.'];
}

/** All rules agree that it is done, and each had something to look at; or the gate shows it and no rule says otherwise. */
function proofOf(
  item: ChecklistItem,
  deciding: readonly EvidenceOnFile[],
  gate: GateResult | undefined,
  verdict: 'verified' | 'satisfied',
): Answer | undefined {
  const done = verdict === 'verified' ? '' : 'Not marked as done, but ';
  const isProven =
    deciding.some(isClean) && deciding.every((one) => isClean(one) || (one.kind === 'link' && one.state === 'nothing'));
  if (isProven) {
    const rules = deciding.filter(isClean).map(({ rule }) => rule);
    return [verdict, `${done}${listed(rules)} ran over the workspace and found nothing.`];
  }
  const isPassed = gate?.exitCode === 0 && isAboutSuccess(item.gate?.expected ?? '');
  const isDenied = deciding.some(({ state }) => state === 'findings');
  if (!isPassed || isDenied) return undefined;
  const commit = gate.commit === '' ? '' : ` at ${gate.commit.slice(0, 12)}`;
  return [verdict, `${done}"${gate.command}" passed on ${gate.at.slice(0, 10)}${commit}.`];
}

function isClean({ kind, state, seen }: EvidenceOnFile): boolean {
  return state === 'clean' && (kind === 'link' || seen);
}

/** Only what the item names itself can say that there is nothing of its kind: a topic may mean another thing. */
function noneOfItsKind(deciding: readonly EvidenceOnFile[]): Answer | undefined {
  if (deciding.length === 0 || !deciding.every(({ kind, state }) => kind === 'link' && state === 'nothing'))
    return undefined;
  return [
    'not-applicable',
    `There is nothing in this workspace that ${listed(deciding.map(({ rule }) => rule))} looks at.`,
  ];
}

function whyUndecided(item: ChecklistItem, deciding: readonly EvidenceOnFile[], gate: GateResult | undefined): string {
  const unknown = deciding.find(({ state }) => state === 'unknown');
  if (unknown !== undefined) return unknown.why;
  const elsewhere = deciding.find((one) => one.elsewhere.length > 0);
  if (elsewhere !== undefined)
    return `${elsewhere.rule} finds nothing in the files named here, but ${counted(elsewhere.elsewhere.length, 'finding')} elsewhere.`;
  const [first] = deciding;
  if (first !== undefined) return `The files named here hold nothing that ${first.rule} looks at.`;
  if (gate?.exitCode === 0)
    return `"${gate.command}" passed; whether it shows "${item.gate?.expected}" is for a person to say.`;
  if (gate !== undefined) return `"${gate.command}" gave no result: ${gate.problem}`;
  if (item.gate?.command !== undefined) return `Nobody has run "${item.gate.command}" here.`;
  if (item.human) return 'Only a person can tell.';
  return 'Nothing here can tell whether this is true.';
}

/** Whether "it passed" is all that a gate has to show. */
function isAboutSuccess(expected: string): boolean {
  return (
    expected.trim() === '' ||
    /^\W*(?:(?:returns?|with|ends? with|gives?)\s+)?(?:exit(?:\s?code|s with)?\s*:?\s*0|(?:all\s+)?(?:tests?\s+)?(?:pass(?:es|ed|ing)?|succeeds?|successful(?:ly)?|green|ok)|no\s+failures?)\W*$/i.test(
      expected,
    )
  );
}

function sayFindings(against: readonly Evidence[]): string {
  return listed(against.map(({ rule, findings }) => `${rule} has ${counted(findings.length, 'finding')}`));
}

/** Whether an item keeps the project from production. */
export function isBlocker({ item, verdict, priority }: Pick<JudgedItem, 'item' | 'verdict' | 'priority'>): boolean {
  return priority === 'P0' && item.aside === undefined && STANDS_OPEN.has(verdict);
}

const STANDS_OPEN: ReadonlySet<Verdict> = new Set(['open', 'contradicted', 'regressed', 'expired']);
