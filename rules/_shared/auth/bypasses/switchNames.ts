import { stageMeant } from '../../env/stages.ts';
import { nameWords } from '../../nameWords.ts';
import { has, set } from '../../words.ts';

/**
 * What a variable of the environment stands for: a `bypass` of access control by its very name, or the `stage` the
 * process runs in.
 */
export type SwitchKind = 'bypass' | 'stage';

const BYPASSING = set(
  'bypass bypassed skip skipped disable disabled no without off ignore allow mock mocked fake insecure unsafe dev',
);

/** What may be bypassed. */
const ACCESS = set(
  'auth authn authz authentication authenticate authorization authorisation authorize login signin permission ' +
    'permissions rbac acl role roles csrf xsrf tls ssl verify verification signature signatures jwt token tokens session ' +
    'sessions guard guards throttle throttling throttler captcha recaptcha mfa 2fa totp otp access apikey sso oidc oauth',
);

/** Only with a verb that makes somebody up. */
const PERSON = set('user admin identity account');
const MAKES_UP = set('mock mocked fake dev bypass');

/** Only with `allow`. */
const STRANGER = set('anonymous anon unauthenticated unauthorized guest');

/** About access, but not the check of it. */
const BESIDE = set(
  'log logs logging logger email emails mail mails cache caching metric metrics ui banner audit hint url uri host port ' +
    'page pages screen event events analytics tracking notification notifications retry refresh ttl redirect sound',
);

/** The whole name says no more than where or how the process runs. */
const STAGES = set(
  'dev development develop local localhost test testing tests e2e cypress playwright ci offline demo debug',
);
const STAGE_FILLERS = set(
  'is in on running run app node env environment mode enabled enable the next public vite react',
);
const BARE_BYPASS = set('bypass mock insecure');

/** Sorts a variable or setting by its name; `undefined` for the many that are about something else. */
export function switchKind(name: string): SwitchKind | undefined {
  const words = beforeFor(nameWords(name));
  if (has(words, BESIDE)) return undefined;
  if (has(words, BYPASSING) && isAccess(words)) return 'bypass';
  const rest = words.filter((word) => !STAGE_FILLERS.has(word));
  return rest.length > 0 && rest.every((word) => STAGES.has(word) || BARE_BYPASS.has(word)) ? 'stage' : undefined;
}

/** `SKIP_INVITE_FOR_SSO` skips an invitation; for whom is another matter. */
function beforeFor(words: readonly string[]): readonly string[] {
  const end = words.indexOf('for');
  return end < 0 ? words : words.slice(0, end);
}

function isAccess(words: readonly string[]): boolean {
  const rateLimit = words.includes('ratelimit') || (words.includes('rate') && words.includes('limit'));
  return (
    rateLimit ||
    words.includes('limiter') ||
    has(words, ACCESS) ||
    (has(words, PERSON) && has(words, MAKES_UP)) ||
    (has(words, STRANGER) && words.includes('allow'))
  );
}

/** `isDev`, `isTestEnvironment()` … → `development`; `isProduction` → `production`. */
export function stageFlag(name: string): 'development' | 'production' | undefined {
  const words = nameWords(name);
  if (words[0] !== 'is' && words[0] !== 'in') return undefined;
  const rest = words.slice(1).filter((word) => !STAGE_FILLERS.has(word));
  if (rest.length !== 1) return undefined;
  return stageMeant(rest[0] ?? '');
}
