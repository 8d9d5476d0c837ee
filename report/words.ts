import type { Priority } from '#engine/api/finding.ts';
import type { Category } from '#engine/api/rule.ts';
import type { EvidenceKind, Verdict } from '#engine/checklist/view.ts';

/** Most urgent first. */
export const priorities: readonly Priority[] = ['P0', 'P1', 'P2', 'P3'];

/** How a priority is told to somebody who does not know the scale. */
export const priorityWords: Readonly<Record<Priority, string>> = {
  P0: 'must be fixed before production',
  P1: 'high',
  P2: 'medium',
  P3: 'nice to have',
};

/** What a group of verdicts means for the one question of a report: is it proven? */
export type Standing = 'proven' | 'broken' | 'open' | 'aside';

export interface VerdictWords {
  /** Seen beside the word, never alone. */
  readonly icon: string;
  readonly word: string;
  readonly standing: Standing;
  /** One sentence for the legend. */
  readonly meaning: string;
}

/** In the order in which a reader needs them. */
export const verdictWords: Readonly<Record<Verdict, VerdictWords>> = {
  contradicted: {
    icon: '✗',
    word: 'Contradicted',
    standing: 'broken',
    meaning: 'Ticked, and findings stand against it.',
  },
  regressed: {
    icon: '↩',
    word: 'Regressed',
    standing: 'broken',
    meaning: 'Ticked and once verified, and a finding came back.',
  },
  expired: { icon: '⌛', word: 'Waiver expired', standing: 'broken', meaning: 'Waived until a day that has passed.' },
  open: { icon: '○', word: 'Open', standing: 'open', meaning: 'Not ticked, and nothing shows that it is done.' },
  satisfied: {
    icon: '◐',
    word: 'Done, not ticked',
    standing: 'proven',
    meaning: 'Not ticked, although its rules looked and found nothing.',
  },
  verified: {
    icon: '✓',
    word: 'Verified',
    standing: 'proven',
    meaning: 'Ticked; its rules had something to look at and found nothing.',
  },
  waived: { icon: '≈', word: 'Waived', standing: 'aside', meaning: 'A person decided to live with it.' },
  'not-checkable': {
    icon: '?',
    word: 'Not checkable',
    standing: 'aside',
    meaning: 'Ticked, and nothing here can tell whether it is true.',
  },
  'not-applicable': {
    icon: '–',
    word: 'Not applicable',
    standing: 'aside',
    meaning: 'Nothing of its kind is in the workspace, or it was dropped.',
  },
};

export const verdicts = Object.keys(verdictWords) as readonly Verdict[];

export const standingWords: Readonly<Record<Standing, string>> = {
  proven: 'Proven',
  broken: 'Broken promise',
  open: 'Open',
  aside: 'Not counted',
};

export const categoryWords: Readonly<Record<Category, string>> = {
  security: 'Security',
  reliability: 'Reliability',
  resources: 'Resources',
  data: 'Data',
  config: 'Configuration',
  testing: 'Testing',
  types: 'Types',
  observability: 'Observability',
  delivery: 'Delivery',
  checklist: 'Checklist',
};

export const evidenceWords: Readonly<Record<EvidenceKind, string>> = {
  link: 'named by the item',
  reference: 'file and topic',
  related: 'related by topic, decides nothing',
};
