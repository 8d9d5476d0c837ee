/** A fix threw when its edits were asked for. The workspace's `failures` have the error itself. */
export class FixFailed extends Error {
  readonly rule: string;

  constructor(rule: string, title: string) {
    super(`The fix "${title}" of the rule ${rule} failed, and nothing was changed.`);
    this.rule = rule;
  }
}
