/** What the process tells its caller. The first that applies, in this order: internal, usage, failed, partial, clean. */
export const exitCode = {
  /** Everything was analysed and nothing is as urgent as the gate. */
  clean: 0,
  /** Findings at or above `--fail-on`. */
  failed: 1,
  /** Wrong arguments, or mistakes in an airworthy.json. */
  usage: 2,
  /** A defect in Airworthy itself. */
  internal: 3,
  /** Below the gate, but a rule failed or a file could not be read, so something may have been missed. */
  partial: 4,
  /** Ended by Ctrl-C, as shells expect it. */
  interrupted: 130,
} as const;
