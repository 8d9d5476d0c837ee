import { secretKind } from '../../_shared/auth/secretNames.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';

/** Who a secret belongs to decides which values count: what the program makes up itself, any value protects. */
export type SecretOwner = 'own' | 'store' | 'other';

/** Secrets by which the program itself signs, encrypts and lets people in. */
const OWN = set(
  'jwt jwtkey session sessions cookie cookies app application encryption encrypt cipher crypto signing sign admin auth ' +
    'authentication refresh hmac csrf otp master internal superuser root',
);
const STORES = set('db database postgres postgresql pg pgpassword mysql mariadb mongo mongodb mssql sql redis');
/** Handed out by somebody else, whatever stands beside it. */
const OTHERS = set('client google github facebook twitter aws s3 stripe sendgrid smtp mail email slack oauth consumer');

/** The owner of a secret by its name; `undefined` for names of no secret. */
export function ownerOf(name: string): SecretOwner | undefined {
  const kind = /^jwt_?key$/i.test(name) ? 'key' : secretKind(name);
  if (kind === undefined) return undefined;
  const words = nameWords(name);
  if (has(words, OTHERS)) return 'other';
  if (has(words, STORES)) return kind === 'password' ? 'store' : 'other';
  const isBare = /^(?:(?:access_?)?token_?)?secret(?:_?key)?$/i.test(name);
  // A token of the program is made at run time; a constant one is that of somebody else.
  if (kind === 'token') return 'other';
  return isBare || has(words, OWN) ? 'own' : 'other';
}

const NOTHING = /^(?:|none|null|undefined|n\/?a|unset|missing|not[-_ ]?set|empty|-+|\*+|true|false)$/i;
/** Too short for what others hand out. */
const FILLING = /^(?:x+|\d{1,5})$/i;
const GAP =
  /^<.*>$|^\{\{.*\}\}$|^\[.*\]$|your[-_ ]|[-_ ]here$|change[-_ ]?(?:me|this|it)|replace|placeholder|example|dummy|fake|mock|insert|todo|unconfigured|disabled|default|sample|xxx|\.\.\./i;
/** Durations, addresses, paths and references. */
const OTHER_KIND =
  /^\d+\s*(?:ms|s|m|h|d|w|y)$|^[a-z][\w+.-]*:\/\/|^[./~]|\.(?:pem|key|json|txt|p8|p12|pfx|crt)$|\$\{|^(?:arn|env|op|vault|ssm|secret):/i;
/** Keys that are made to be seen. */
const PUBLIC = /^(?:pk_|pk\.|phc_|AIza|rzp_|pub)/;

/** Whether a text, as the value of a secret of this owner, lets anybody who reads it in. */
export function isSecretValue(value: string, owner: SecretOwner): boolean {
  const text = value.trim();
  if (NOTHING.test(text) || OTHER_KIND.test(text) || PUBLIC.test(text)) return false;
  // A made-up word is as good a key as any, once the program runs with it.
  if (owner === 'own') return !/^(?:<.*>|\{\{.*\}\})$/.test(text);
  if (FILLING.test(text)) return false;
  if (owner === 'store') return !GAP.test(text) && !/\s/.test(text);
  return looksRandom(text);
}

/** A key by its looks: long, with digits and letters mixed and little repeated. */
export function looksRandom(text: string): boolean {
  if (!/\d/.test(text) || !/^[\w+/=.:~!@#$%^&*-]{16,}$/.test(text) || GAP.test(text) || PUBLIC.test(text)) return false;
  if (/0123|1234|abcd|qwer|test/i.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  const letters = text.replace(/[^A-Za-z]/g, '').length;
  // Words with a number behind them are names.
  const turns = text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return digits >= 3 && letters >= 3 && turns >= 3 && new Set(text).size >= Math.min(10, text.length / 2);
}
