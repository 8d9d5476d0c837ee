/** Last words of names that hold something nobody else may know. */
const SECRET = /(?:PASSWORD|PASSWD|PASSPHRASE|(?:^|_)(?:PASS|PWD|SECRET|TOKENS?|SECRET_KEY_BASE))$/;
const SECRET_KEY =
  /(?:^|_)(?:API|SECRET|PRIVATE|ENCRYPTION|SIGNING|MASTER|JWT|SESSION|LICENSE|ACCESS|AUTH|ADMIN)_?KEY$/;
/** What is shown to everybody, switches something, or counts the tokens of a language model. */
const OPEN =
  /(?:^|_)(?:PUBLIC|PUBLISHABLE|ALLOW|RANDOM|ENABLE|DISABLE|REQUIRE|USE|CSRF_HEADER|NO|MAX|MIN|NUM|COUNT|LIMIT|TOTAL)(?:_|$)/;

/** Whether a variable of that name holds a password, a key or a token. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();
  return (SECRET.test(words) || SECRET_KEY.test(words)) && !OPEN.test(words);
}

const SWITCH = /^(?:true|false|yes|no|on|off|null|none|\d)$/i;
/** How long something is good: `JWT_REFRESH_TOKEN: 7d`. */
const DURATION = /^\d+ ?(?:ms|s|m|h|d|w|y|min|sec|seconds?|minutes?|hours?|days?|weeks?)$/i;
/** A file beside the program: `certs/jwt.pem`. */
const FILE = /\.(?:pem|key|crt|cer|p12|pfx|jks|json|txt)$/i;
/** Words and marks where a value is still missing or is put in later, and that no program takes for one. */
const GAP =
  /^(?:<.*>|\[.*\]|\{\{.*\}\}|\(\(.*\)\)|%.*%|__.*__|@@.*@@|#\{.*\}#?|ENC\[.*\]|\*+|[\w-]*x{3,}|\.\.\.|…|your[-_ ].*|.*[-_ ]here|(?:replace|generate|insert|fill)[-_ ]?(?:me|with|this|in).*|todo|redacted)$/i;

/** Whether a text can be a secret: no reference, switch, duration, path, address or gap. */
export function isSecretValue(value: string): boolean {
  const text = value.trim();
  if (text === '' || [SWITCH, DURATION, FILE, GAP].some((pattern) => pattern.test(text))) return false;
  return !/^[./~]|\$|^[a-z][\w+.-]*:\/\/|^(?:file|env|vault|op|ssm|arn|ref\+\w+):/i.test(text);
}
