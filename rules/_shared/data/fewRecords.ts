/** What there are few of, or few of for each owner. */
const FEW =
  /categor|brand|role|permission|address|tag|countr|language|currenc|setting|team|member|organi[sz]ation|workspace|tenant|integration|webhook|invit|plan|cart|goal|class|source|area|region|zone|location|department|branch|slider|banner|faq|topic/i;

/** Whether a model or table is called like something of which there never are many. */
export function hasFewRecords(target: string): boolean {
  return FEW.test(target);
}
