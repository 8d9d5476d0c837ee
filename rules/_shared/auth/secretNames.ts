import { nameWords } from '../nameWords.ts';
import { has, set } from '../words.ts';

/** What a secret is used as. */
export type SecretKind = 'password' | 'secret' | 'token' | 'key';

/** Words that make the name a secret's when they stand last. */
const HEADS: ReadonlyMap<string, SecretKind> = new Map<string, SecretKind>([
  ...['password', 'passwd', 'passphrase', 'passcode', 'pwd', 'pass', 'pw'].map((word) => [word, 'password'] as const),
  ...['secret', 'secrets', 'pepper', 'credential', 'credentials', 'otp', 'totp'].map(
    (word) => [word, 'secret'] as const,
  ),
  ...['token', 'jwt', 'bearer'].map((word) => [word, 'token'] as const),
  ...['apikey', 'secretkey', 'privatekey', 'passkey', 'authkey', 'accesskey', 'appkey', 'authtoken', 'accesstoken'].map(
    (word) => [word, /token$/.test(word) ? 'token' : 'key'] as const,
  ),
]);

/** Say so only beside another word: `dbPass`, while `pass` alone may be anything. */
const AMBIGUOUS = set('pass pw credential credentials otp totp bearer');

/** Words before `key` with which it opens something. */
const OPENING = set(
  'api secret private access auth authentication encryption encrypt decryption decrypt cipher crypto aes hmac jwt ' +
    'signing sign signature master session cookie admin license service account shared webhook integration app',
);

/** Words behind a secret's name that leave it the same secret: `passwordValue`, `JWT_SECRET_DEV`, `token2`. */
const FILLERS = set(
  'value default fallback text plain raw string str data dev development prod production test staging local new old ' +
    'current next previous hex base64 encoded env input provided given received actual expected body header param one two',
);

/**
 * Words that make it something else wherever they stand: `publicApiKey`, `csrfToken` in a form is shown to everybody,
 * `maxToken` counts, `nextPageToken` pages.
 */
const OTHER = set(
  'public publishable anon anonymous site measurement max min total count num no has is should needs require required ' +
    'page next continuation cursor sync resume cancel cancellation syntax lexer parser design css color theme injection ' +
    'di provider prefix suffix label placeholder message title hint error regex pattern invalid missing wrong ' +
    'forgot strength confirmable show hide toggle visible',
);

/** Never the key to something: names in maps, storages and databases. */
const PLAIN_KEYS = set('public primary foreign partition sort storage cache local i18n translation query');

/**
 * The kind of secret that a value of this name is: `jwtSecret`, `DB_PASSWORD`, `x-api-key`, `refreshToken`.
 * `undefined` for names about secrets (`passwordLabel`, `tokenUrl`, `hasPassword`) and for what is public.
 */
export function secretKind(name: string): SecretKind | undefined {
  const words = nameWords(name).filter((word) => !/^\d+$/.test(word));
  let end = words.length;
  while (end > 1 && FILLERS.has(words[end - 1] ?? '')) end--;
  const last = words[end - 1];
  if (last === undefined || has(words.slice(0, end - 1), OTHER)) return undefined;
  const kind = HEADS.get(last.replace(/\d+$/, ''));
  if (kind !== undefined) return end === 1 && AMBIGUOUS.has(last) ? undefined : kind;
  const before = words.slice(0, end - 1);
  if (last !== 'key' || has(before, PLAIN_KEYS)) return undefined;
  return OPENING.has(before.at(-1) ?? '') ? 'key' : undefined;
}

/** Words for what proves that a message or a person is genuine, and is compared with what they show. */
const PROOFS = set('signature signatures sig hmac digest');

/** `x-hub-signature`, `expectedHmac`, `computedDigest`: what a receiver compares with a value of its own. */
export function isProofName(name: string): boolean {
  const words = nameWords(name).filter((word) => !FILLERS.has(word) && !/^\d+$/.test(word));
  return PROOFS.has(words.at(-1) ?? '');
}
