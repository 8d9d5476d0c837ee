/** A key that its own form gives away. */
interface KeyForm {
  readonly form: RegExp;
  readonly name: string;
}

const FORMS: readonly KeyForm[] = [
  { form: /^A(?:KIA|SIA)[A-Z2-7]{16}$/, name: 'an access key of AWS' },
  { form: /^gh[pousr]_[A-Za-z0-9]{36,}$/, name: 'a token of GitHub' },
  { form: /^github_pat_\w{40,}$/, name: 'a token of GitHub' },
  { form: /^glpat-[\w-]{20,}$/, name: 'a token of GitLab' },
  { form: /^npm_[A-Za-z0-9]{36}$/, name: 'a token of npm' },
  { form: /^[sr]k_live_[A-Za-z0-9]{16,}$/, name: 'a key of Stripe' },
  { form: /^xox[abprs]-[\w-]{20,}$/, name: 'a token of Slack' },
  { form: /^SG\.[\w-]{16,}\.[\w-]{30,}$/, name: 'a key of SendGrid' },
  { form: /^sk-(?:ant|proj)-[\w-]{40,}$/, name: 'a key for a language model' },
  {
    form: /^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:\s|\\n)+[A-Za-z0-9+/=\s\\]{200,}-----END/,
    name: 'a private key',
  },
];

/** The password of a database in its address; one on the developer's own machine opens nothing. */
const ADDRESS =
  /^(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?):\/\/[^:/@\s{$<]*:([^@/\s{}$<>]{6,})@([\w-]+(?:\.[\w-]+)+)(?:[:/?,]|$)/;
const LOCAL = /^(?:127\.|0\.0\.0\.0|10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.)|\.local(?:host)?$|example/;
const MADE_UP =
  /foobar|pass|pwd|secret|user|admin|root|test|demo|changeme|xxx|\*\*|\.\.\.|placeholder|postgres|mysql|mongo|redis/i;

function isDatabaseAddress(text: string): boolean {
  const [, password = '', host = ''] = ADDRESS.exec(text) ?? [];
  return password !== '' && !LOCAL.test(host) && !MADE_UP.test(password);
}

/** First letters of all forms, to leave at once. */
const START =
  /^(?:A[KS]IA|gh[pousr]_|github_pat_|glpat-|npm_|[sr]k_live_|xox[abprs]-|SG\.|sk-(?:ant|proj)-|-----BEGIN |(?:postgres|mysql|mariadb|mongodb|redis|amqp))/;

/** What kind of key a text is by its form; `undefined` for texts of no such form and for those of documentation. */
export function knownKey(text: string): string | undefined {
  if (text.length < 20 || !START.test(text)) return undefined;
  if (isDatabaseAddress(text)) return 'the password of a database';
  const found = FORMS.find(({ form }) => form.test(text));
  const isExample = /example|xxxx|0000000|1234567|abcdefgh/i.test(text) || new Set(text).size < 10;
  return isExample ? undefined : found?.name;
}
