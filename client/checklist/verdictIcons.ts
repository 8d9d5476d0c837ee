import type { Verdict } from '#protocol/checklist.ts';

/** A codicon, and the theme colour it is drawn in. The verdict's word always stands beside it. */
export interface VerdictIcon {
  readonly icon: string;
  readonly color?: string;
}

export const verdictIcons: Readonly<Record<Verdict, VerdictIcon>> = {
  regressed: { icon: 'discard', color: 'testing.iconFailed' },
  contradicted: { icon: 'error', color: 'testing.iconFailed' },
  expired: { icon: 'watch', color: 'problemsWarningIcon.foreground' },
  open: { icon: 'circle-large-outline' },
  satisfied: { icon: 'pass', color: 'testing.iconPassed' },
  'not-checkable': { icon: 'question', color: 'disabledForeground' },
  waived: { icon: 'bell-slash', color: 'disabledForeground' },
  'not-applicable': { icon: 'circle-slash', color: 'disabledForeground' },
  verified: { icon: 'pass-filled', color: 'testing.iconPassed' },
};
