/** What there are few of, or few of for each owner. */
const FEW =
  /categor|brand|role|permission|address|tag|countr|language|currenc|setting|team|member|organi[sz]ation|workspace|tenant|integration|webhook|invit|plan|cart|goal|class|source|area|region|zone|location|department|branch|slider|banner|faq|topic/i;

/** Whether a model or table is called like something of which there never are many. */
export function hasFewRecords(target: string): boolean {
  return FEW.test(target);
}

/** What a whole installation has few of, however many people use it. */
const FEW_IN_ALL =
  /^(?:role|permission|countr(?:y|ie)|state|province|district|county|city|region|zone|language|locale|currency|setting|config(?:uration)?|plan|tier|brand|department|branch|designation|slider|banner|faq|feature|unit)s?$|(?:category|categories|type|master|status|level)$/i;

/** Whether a table is called like something of which there are few in all, so that reading all of it costs nothing. */
export function isSmallTable(name: string): boolean {
  return FEW_IN_ALL.test(name);
}

/** What somebody enters one by one for others to choose from: no list of these grows by being used. */
const CURATED =
  /^(?:contents?|games?|pages?|menus?|pois?|pointsofinterest|guides?|attractions?|venues?|amenit(?:y|ies)|facilit(?:y|ies))$|(?:package|repo(?:sitory|sitorie)?)s?$/i;

/** Whether a model or table is called like something that people look after rather than collect. */
export function isCurated(target: string): boolean {
  return CURATED.test(target);
}
