/** Last words of names that hold something nobody else may know. */
const SECRET = /(?:PASSWORD|PASSWD|PASSPHRASE|(?:^|_)(?:PASS|PWD|SECRET|TOKENS?|SECRET_KEY_BASE))$/;
const SECRET_KEY =
  /(?:^|_)(?:API|SECRET|PRIVATE|ENCRYPTION|SIGNING|MASTER|JWT|SESSION|LICENSE|ACCESS|AUTH|ADMIN)_?KEY$/;
/** What is shown to everybody, or switches something. */
const OPEN = /(?:^|_)(?:PUBLIC|PUBLISHABLE|ALLOW|RANDOM|ENABLE|DISABLE|REQUIRE|USE|CSRF_HEADER|NO)(?:_|$)/;

/** Whether a variable of that name holds a password, a key or a token. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();
  return (SECRET.test(words) || SECRET_KEY.test(words)) && !OPEN.test(words);
}

const SWITCH = /^(?:true|false|yes|no|on|off|null|none|\d)$/i;
/** Words that people put where a value is still missing, and that no program takes for one. */
const GAP =
  /^(?:<.*>|\[.*\]|\{\{.*\}\}|%.*%|\*+|x{3,}|\.\.\.|…|your[-_ ].*|.*[-_ ]here|replace[-_ ]?(?:me|with|this).*|todo)$/i;

/** Whether a text can be a secret: no reference, switch, path, address or gap. */
export function isSecretValue(value: string): boolean {
  const text = value.trim();
  if (text === '' || SWITCH.test(text) || GAP.test(text)) return false;
  return !/^[./~]|\$|^[a-z][\w+.-]*:\/\/|^(?:file|env|vault|op|ssm|arn|ref\+\w+):/i.test(text);
}
