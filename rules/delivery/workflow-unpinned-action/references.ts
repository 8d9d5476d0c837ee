import type { DataDocument, DataScalar, Span } from '#api';
import { jobsOf } from '../../_shared/delivery/workflow.ts';

/** An action or workflow of somebody else that is named by something that moves. */
export interface LooseReference {
  readonly span: Span;
  readonly message: 'branch' | 'tag';
  /** Owner, repository and path. */
  readonly action: string;
  readonly ref: string;
}

/** Owners of the actions that GitHub itself keeps. */
const FIRST_PARTY = /^(?:actions|github)\//i;
const USES = /^([\w.-]+\/[\w.-]+(?:\/[^@\s]+)?)@(\S+)$/;
const COMMIT = /^[\da-f]{40}$|^[\da-f]{64}$/i;
/** A version of at least three numbers, which nobody moves on purpose. */
const EXACT = /\d+\.\d+\.\d+/;
const BRANCH =
  /^(?:main|master|trunk|develop|development|dev|next|edge|nightly|head|latest|stable|release|canary|beta|v?\d+-(?:main|next)|refs\/heads\/.+)$/i;
const MOVING = /^(?:v|release[/-]v?)?\d+(?:\.\d+)?(?:\.x)?$/i;

/** What makes it worth to take over an action: a secret of one's own, or a right to write. */
const WORTHWHILE = /\bsecrets\s*(?:\.\s*(?!GITHUB_TOKEN\b)\w|\[)|secrets:\s*inherit|:\s*write(?:-all)?\b/;
/** Workflows of other repositories, which people share inside of one organisation. */
const SHARED = /\/\.github\/workflows\//;

/**
 * References that move, the first use of each in a file. Tags count where the file has something to lose; `firstParty` asks
 * for the tags of GitHub's own actions as well.
 */
export function looseReferences(document: DataDocument, firstParty: boolean): readonly LooseReference[] {
  const seen = new Set<string>();
  const isWorthwhile = WORTHWHILE.test(document.text);
  return jobsOf(document.roots[0])
    .flatMap((job) => [job.uses, ...job.steps.map(({ uses }) => uses)])
    .flatMap((uses) => {
      const loose = uses && looseReference(uses, document.text);
      if (loose === undefined || seen.has(`${loose.action}@${loose.ref}`)) return [];
      seen.add(`${loose.action}@${loose.ref}`);
      if (loose.message === 'branch') return [loose];
      return isWorthwhile && (firstParty || !FIRST_PARTY.test(loose.action)) ? [loose] : [];
    });
}

function looseReference({ value, span }: DataScalar, text: string): LooseReference | undefined {
  const [, action, ref] = USES.exec(String(value)) ?? [];
  if (action === undefined || ref === undefined || COMMIT.test(ref) || EXACT.test(ref)) return undefined;
  if (SHARED.test(action)) return undefined;
  const message = BRANCH.test(ref) ? 'branch' : MOVING.test(ref) ? 'tag' : undefined;
  if (message === undefined) return undefined;
  const at = text.indexOf(String(value), span.start);
  const start = at >= span.start && at < span.end ? at : span.start;
  return { span: { start, end: start + action.length + 1 + ref.length }, message, action, ref };
}
