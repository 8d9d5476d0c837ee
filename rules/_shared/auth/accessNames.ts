import { nameWords } from '../nameWords.ts';
import { has, set } from '../words.ts';

/** Enough on its own: `authenticate`, `isAuthed`, `AuthGuard`, `protect`. */
const STEPS = set(
  'authenticate authenticates authenticated authorize authorise authorized authorised authorizer authed guard guards ' +
    'protect protected',
);

/** Check something, when it is one of the subjects. */
const CHECKS = set(
  'require requires required ensure verify verifies check checks validate enforce restrict assert is has can must only',
);
const SUBJECTS = set(
  'auth authentication authorization authorisation login signin signature webhook jwt token tokens session role roles ' +
    'permission permissions rbac acl admin owner owns access apikey key password credentials user scope scopes csrf xsrf mfa otp totp',
);

/** A subject that is a step by itself, or beside a word for the form it comes in. */
const MECHANISMS = set('auth authentication authorization authorisation jwt rbac acl permission permissions csrf');
const FORMS = set(
  'middleware mw handler hook check checker filter interceptor plugin procedure required bearer basic passport express ' +
    'firebase with use',
);

/** About access, but not the check of it. */
const BESIDE = set(
  'log logs logger logging audit metric metrics email emails mail cache event events analytics url uri config options opts ' +
    'settings secret service client provider store page error errors header headers type types schema state storage ' +
    'repository code result data form screen button link hint banner cookie name disabled enabled bypass skip skipped ' +
    'captcha recaptcha turnstile challenge',
);

/** Checks that keep floods and forgeries out. They count where a switch names them. */
const LIMITERS = set(
  'limiter ratelimit ratelimiter throttle throttler throttling captcha recaptcha turnstile csrf xsrf',
);

/** Beside `rate`. */
const LIMITS = set('limit limits limiting limited');

/** Names of what switches a check off. */
const BYPASSES = set('skip skipped bypass bypassed disabled disable no mock fake without off');

/** Something put in the place of a real check; what stands in for other things as well is in standIns.ts. */
const OPEN_CHECKS = set(
  'noop nop pass passthrough passthru skip bypass allow mock mocked fake dummy dev open public stub anonymous',
);

/** A function, guard or middleware that is named for deciding who may come in. */
export function isAccessStep(name: string): boolean {
  // Constants in capitals hold settings.
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return false;
  const words = nameWords(name);
  if (has(words, BESIDE) || isLimiterName(name)) return false;
  if (has(words, STEPS) || (words.includes('can') && words.includes('activate'))) return true;
  if (has(words, CHECKS) && has(words, SUBJECTS)) return true;
  return has(words, MECHANISMS) && (words.length === 1 || has(words, FORMS));
}

/** `auth` or `jwt` alone may just as well be what a check needs. */
export function isAmbiguousStep(name: string): boolean {
  const words = nameWords(name);
  return words.length === 1 && has(words, MECHANISMS);
}

/** `rateLimiter`, `throttle`, `captcha`, `csrf`: keeps floods and forgeries out. */
export function isLimiterName(name: string): boolean {
  const words = nameWords(name);
  return has(words, LIMITERS) || (words.includes('rate') && has(words, LIMITS));
}

/** `noopAuth`, `mockGuard`, `passThrough`: stands where a check should be. */
export function isStandInName(name: string): boolean {
  return has(nameWords(name), OPEN_CHECKS);
}

/** `skipAuth`, `isAuthDisabled`: names for the switch itself. */
export function namesBypass(name: string): boolean {
  return has(nameWords(name), BYPASSES);
}

/** `isAdmin`, `hasRole`, `canEdit`: answers a question. */
export function isPredicateName(name: string): boolean {
  return /^(?:is|has|can)(?![a-z])/.test(name);
}

/** Names under which a refusal is thrown or sent; `rejectUnauthorized` is an option of connections. */
export function isRefusalName(name: string): boolean {
  return (
    !/^reject/i.test(name) &&
    /unauthori[sz]ed|forbidden|unauthenticated|not_?(?:authenticated|authori[sz]ed)|(?:access|permission)_?denied|invalid_?(?:token|credentials|signature)/i.test(
      name,
    )
  );
}

/** Properties and variables that say who somebody is. */
export function isIdentityName(name: string): boolean {
  return /^_?(?:current|auth|authed|session|req|request)?_?(?:user(?:_?id)?|auth|identity|account|session|principal|claims|jwt_?payload|is_?authenticated|is_?admin|roles?|permissions)$/i.test(
    name,
  );
}

/** Who somebody is, or what they show to prove it. */
export function namesSomebody(name: string): boolean {
  return has(nameWords(name), SUBJECTS) || isAccessStep(name);
}
