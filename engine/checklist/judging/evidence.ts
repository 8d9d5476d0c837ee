import type { Evidence, EvidencePlace } from '../view.ts';
import type { EvidenceOnFile } from './judge.ts';
import type { NamedFile, Relation } from './relate.ts';
import type { RuleLedger } from './ruleLedger.ts';

/** Code moves while a document stands still: so many lines off, a finding is still in the lines that were meant. */
const NEAR = 3;

/** Asks a rule about an item. `verifiedAt` is the commit of an earlier record, if there is one. */
export function evidenceFor(relation: Relation, ledger: RuleLedger, verifiedAt: string | undefined): EvidenceOnFile {
  const { rule, kind, topics, files } = relation;
  const all = ledger.findings(rule);
  const counts = kind === 'link' ? () => true : placeFilter(relation);
  const findings = kind === 'link' ? all : kind === 'related' ? [] : all.filter(counts);
  const elsewhere = kind === 'link' ? [] : findings.length === 0 ? all : all.filter((place) => !counts(place));
  return {
    rule,
    kind,
    ...ledger.answer(rule),
    topics,
    files: files.map(({ path }) => path),
    findings,
    elsewhere,
    ...(verifiedAt !== undefined && { verifiedAt }),
    // Words that fit by chance prove nothing: the file has to hold what the rule is about.
    seen: kind === 'link' || (relation.reach === 'file' && files.some(({ path }) => ledger.sees(rule, path))),
  };
}

function placeFilter({ files, reach }: Relation): (place: EvidencePlace) => boolean {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return ({ path, line }) => {
    const file = byPath.get(path);
    return file !== undefined && (reach === 'file' || isNear(line, file));
  };
}

function isNear(line: number, { lines }: NamedFile): boolean {
  return lines.some(({ from, to }) => line >= from - NEAR && line <= to + NEAR);
}

/** What the view shows of it. */
export function shown({ seen: _, ...evidence }: EvidenceOnFile): Evidence {
  return evidence;
}
