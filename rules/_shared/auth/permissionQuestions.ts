import { nameWords } from '../nameWords.ts';
import { has, set } from '../words.ts';
import { STAND_INS } from './standIns.ts';

const VERBS = set('request check validate has is can ask verify ensure evaluate may');
const SUBJECTS = set('permission permissions access authorization authorisation authorized authorised consent');

/** Names about something near: a token of access, the level of one, the prompt for it. */
const BESIDE = set(
  'token tokens key keys level code log logs modifier control denied error errors needed required loading pending dialog ' +
    'modal button page screen type mode scope point supported available public open unlimited storage cookie',
);

/** True for a name that asks whether somebody may do something: `hasPermission`, `checkAccess`, `requestConsent`. */
export function asksForPermission(name: string): boolean {
  const words = nameWords(name);
  return (
    VERBS.has(words[0] ?? '') &&
    words.length > 1 &&
    has(words, SUBJECTS) &&
    !has(words, BESIDE) &&
    !has(words, STAND_INS)
  );
}
