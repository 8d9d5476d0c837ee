/** Where the documentation stands on the web. */
const base = 'https://github.com/airworthy/airworthy/blob/main/docs';

/** Ids under this name are about suppression comments; they are no rules and share one page. */
const own = 'airworthy/';

/** The web page of a rule; `rule` is an id of the form `category/name`. */
export function ruleUrl(rule: string): string {
  return rule.startsWith(own) ? `${base}/suppressions.md` : `${base}/rules/${rule}.md`;
}

/** Whether an id is a rule's: one that has a page of its own, and settings, and can be suppressed. */
export function isRule(id: string): boolean {
  return !id.startsWith(own);
}
