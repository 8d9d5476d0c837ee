import type { WebRoute } from './model.ts';
import { HEALTH_PATH } from './vocabulary.ts';

/**
 * Words of routes that are there for people without an account, for programs that sign what they send, or that only work on
 * what they are sent.
 */
const OPEN_WORDS = new Set(
  (
    'auth authenticate authentication authorize login logins signin signup signout logout register registration registrations ' +
    'session sessions token tokens refresh oauth oauth2 oidc sso saml openid callback password passwords forgot reset recover ' +
    'recovery verify verification confirm confirmation activate activation otp totp 2fa mfa pin code magic onboarding setup install ' +
    'webhook webhooks hook hooks ipn notify notification stripe paypal twilio github slack telegram ' +
    'contact contacts contactus newsletter subscribe unsubscribe subscription feedback inquiry enquiry lead leads waitlist survey ' +
    'track tracking analytics telemetry event events metric metrics log logs beacon pageview visit views report csp ' +
    'search query graphql rpc trpc public guest anonymous health ping echo test preview validate check lookup calculate estimate compute convert import parse get fetch list format render compile translate ' +
    'signature sign quote quotes payment payments checkout pay cart donation donations'
  ).split(' '),
);

/** What people create when they register. */
const ACCOUNTS = /^(?:(?:create|new)[-_]?)?(?:users?|accounts?|customers?|members?|clients?|profiles?|me)$/i;

/** Whether a route is there for people who are not known yet, judged by its path and its handler's name. */
export function isOpenByPurpose({ method, path, handler }: WebRoute): boolean {
  const segments = path.split(/[/|]/).filter((segment) => segment !== '');
  const named = (handler?.names ?? []).slice(-1).map((name) => name.slice(name.search(/[^#./]*$/)));
  if ([...segments, ...named].some(isOpenWord) || HEALTH_PATH.test(path)) return true;
  // POST /users is how people register; nothing but a root is being tried out.
  const last = segments.findLast((segment) => !/^[:*{]/.test(segment));
  return last === undefined || (method === 'post' && ACCOUNTS.test(last));
}

/** `forgot-password`, `verifyEmail`, `sign_up`. */
function isOpenWord(name: string): boolean {
  if (/^[:*{]/.test(name)) return false;
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return words.some((word, index) => OPEN_WORDS.has(word) || OPEN_WORDS.has(word + (words[index + 1] ?? '')));
}

/** Whether a route changes something, by its method. */
export function changesSomething({ method }: WebRoute): boolean {
  return method.split('|').some((one) => /^(?:post|put|patch|delete|del)$/.test(one));
}
