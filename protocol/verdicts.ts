import type { Verdict } from '#engine/checklist/view.ts';

/** Verdicts as people read them, those first that need somebody to do something. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  regressed: 'Regressed',
  contradicted: 'Contradicted',
  expired: 'Waiver expired',
  open: 'Open',
  satisfied: 'Done, not ticked',
  'not-checkable': 'Not checkable',
  waived: 'Waived',
  'not-applicable': 'Not applicable',
  verified: 'Verified',
};

/** In the order of {@link verdictWords}. */
export const verdicts = Object.keys(verdictWords) as readonly Verdict[];
