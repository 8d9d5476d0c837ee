import { isAccessStep, isLimiterName, isStandInName } from '../../_shared/auth/accessNames.ts';
import { asksForPermission } from '../../_shared/auth/permissionQuestions.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';

const VALIDATION = set('validate validates validator sanitize sanitise');
const VALIDATED = set('request req body input inputs params query schema payload upload file headers');

/** Let everybody pass by design, or are there to be replaced. */
const LENIENT = set(
  'optional maybe soft lenient default base abstract no none disabled disable after log track attach load init setup on handle ' +
    'success failure redirect placeholder reset start stop begin end finish count headers status info guest',
);

/** A middleware that is named for deciding who or what gets through: `requireAuth`, `rateLimiter`, `validateBody`. */
export function isGuardName(name: string): boolean {
  if (name === 'canActivate') return true;
  const words = nameWords(name);
  if (has(words, LENIENT) || isStandInName(name)) return false;
  return isAccessStep(name) || isLimiterName(name) || (has(words, VALIDATION) && has(words, VALIDATED));
}

/** Verbs that promise an answer about what they are given. */
const JUDGES = set('authenticate authorize authorise verify validate check');
const JUDGED = set(
  'token tokens jwt signature signatures webhook password passwords credentials session apikey key user login auth otp totp mfa csrf',
);

/** A function that is asked about what it is given: `verifySignature(payload, signature)`, `authorize(user)`. */
export function isPolicyName(name: string): boolean {
  const words = nameWords(name);
  if (has(words, LENIENT) || isStandInName(name) || asksForPermission(name) || !isAccessStep(name)) return false;
  return JUDGES.has(words[0] ?? '') && (words.length === 1 || has(words.slice(1), JUDGED));
}
