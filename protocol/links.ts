/** Where the pages of the rules stand on the web. */
const base = 'https://github.com/airworthy/airworthy/blob/main/docs/rules';

/** The web page of a rule; `rule` is an id of the form `category/name`. */
export function ruleUrl(rule: string): string {
  return `${base}/${rule}.md`;
}
