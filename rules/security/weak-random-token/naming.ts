import { secretKind } from '../../_shared/auth/secretNames.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';

/** What a token opens: with one of these words it is no token of a drawing or of a request in flight. */
const OPENS = set(
  'access refresh reset invite invitation auth session api csrf xsrf verification verify confirmation confirm activation ' +
    'magic login recovery bearer password remember unsubscribe share jwt',
);
/** Codes that are sent to somebody and typed in again. */
const SENT = set(
  'otp verification verify reset invite invitation confirmation activation recovery login security pin mfa',
);
const MAKING = set('generate gen create make new random get issue build');
const STAND_INS = set('mock fake dummy test demo sample placeholder example');

/** `resetToken`, `password`, `inviteCode`, `otp`: who guesses it gets in. */
export function opens(name: string): boolean {
  const words = nameWords(name);
  const last = words.at(-1);
  if (last === undefined || has(words, STAND_INS)) return false;
  if (last === 'otp' || last === 'passcode') return true;
  if (last === 'code' || last === 'pin') return has(words.slice(0, -1), SENT);
  const kind = secretKind(name);
  if (kind === undefined) return false;
  // A bare key or token may belong to anything.
  return kind === 'token' || kind === 'key' ? has(words, OPENS) : true;
}

/** `generatePassword`, `createInviteCode`: what is made in there opens something. */
export function makesSecret(name: string): boolean {
  const words = nameWords(name);
  const first = words.findIndex((word) => !MAKING.has(word));
  return (
    first > 0 &&
    opens(
      words
        .slice(first)
        .join('_')
        .replace(/_(?:string|value|number|digits?)$/, ''),
    )
  );
}
