import type { ChecklistView, Evidence, JudgedItem } from '#engine/checklist/view.ts';
import { isInside } from '#engine/document/paths.ts';

/** Of the shape below; it grows when something that is there changes its meaning. */
const VERSION = 1;

/** The tree for tools. Paths are relative to the project, lines from 1. */
export function checklistJson({ documents, summary, blockers, recordProblems }: ChecklistView, root: string): string {
  const relative = (path: string) => (isInside(path, root) && path !== root ? path.slice(root.length + 1) : path);
  const tree = {
    version: VERSION,
    documents: documents.map(({ name, title, counted, items, score }) => ({
      path: name,
      title,
      counted,
      items: items.map((judged) => jsonItem(judged, relative)),
      summary: score,
    })),
    summary: { ...summary, blockers: blockers.map(({ key }) => key) },
    recordProblems,
  };
  return `${JSON.stringify(tree, undefined, 2)}\n`;
}

function jsonItem(
  { key, item, verdict, beneath, why, priority, blocker, evidence, gate }: JudgedItem,
  relative: Relative,
) {
  return {
    key,
    id: item.id,
    title: item.title,
    line: item.line,
    section: item.sectionPath,
    status: item.status,
    verdict,
    ...(beneath !== verdict && { beneath }),
    why,
    priority: priority ?? null,
    blocker,
    references: item.references.map(({ path, lines }) => ({ path, lines })),
    ...(item.gate !== undefined && {
      gate: { command: item.gate.command ?? null, expected: item.gate.expected, result: gate ?? null },
    }),
    evidence: evidence.map((one) => jsonEvidence(one, relative)),
    ...(item.parent !== undefined && { parent: item.parent }),
  };
}

type Relative = (path: string) => string;

function jsonEvidence(
  { rule, kind, state, why, files, findings, elsewhere, verifiedAt }: Evidence,
  relative: Relative,
) {
  const place = ({ path, line, message, priority }: Evidence['findings'][number]) => ({
    path: relative(path),
    line,
    priority,
    message,
  });
  return {
    rule,
    kind,
    state,
    ...(why !== '' && { why }),
    files: files.map(relative),
    findings: findings.map(place),
    elsewhere: elsewhere.length,
    ...(verifiedAt !== undefined && { verifiedAt }),
  };
}
