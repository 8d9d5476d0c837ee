/** A phase, week or day groups things; it is no thing to be done itself. */
export function isPeriod(title: string): boolean {
  return /^(?:phase|milestone|week|day|sprint|stage|month|quarter|q[1-4])\b/i.test(title);
}

/** A heading over what is said of the whole document. */
export function isSummary(title: string): boolean {
  return /^(?:executive |project |current |overall |final )*(?:summary|overview|introduction|conclusion|status|metadata|about|state|assessment|verdict|score|results?)$/i.test(
    title,
  );
}

/** A heading that is nothing but a priority: "Priority 0 - Blockers", "Critical Priorities (Must Have)". */
export function isPriorityGroup(title: string): boolean {
  return /^(?:priority\s+[0-3]|p[0-3]|(?:critical|high|medium|low)(?:[ -]priority|[ -]priorities)?)\b/i.test(title);
}

/** A group of things that only people can do. */
export function isHumanGroup(title: string): boolean {
  return /^(?:human|manual)(?:\s+(?:tasks?|steps?|actions?|work|items?|checks?|testing|verification|reviews?|qa))?$/i.test(
    title
      .replace(/\([^()]*\)/g, '')
      .replace(/[^\p{L}\s]/gu, ' ')
      .trim(),
  );
}

/** A heading over how things were: its ❌ are no longer true. */
export function isBefore(title: string): boolean {
  return /^before\s*(?:$|[:(]|(?:(?:the|these|this|our)\s+)?(?:improvements?|changes?|fix(?:es)?|hardening|refactor\w*|migration|work)\b)/i.test(
    title,
  );
}

/** Words over a list of what something gives, whose ✅ promise nothing of this project. */
export function isPraise(lead: string): boolean {
  return /\b(?:provides?|gives?\s+(?:you|us)|will\s+give|benefits?|advantages|pros|why|what\s+you\s+get)\b/i.test(lead);
}
