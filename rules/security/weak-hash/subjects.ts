import { ts, unwrap } from '#api';
import { secretKind } from '../../_shared/auth/secretNames.ts';
import { calledName, memberAccess } from '../../_shared/calls.ts';

/** What is hashed, by its name; `salted` when something else is mixed in. */
export interface Subject {
  readonly kind: 'password' | 'token';
  readonly name: string;
  readonly salted: boolean;
}

/** `password`, `user.password`, `String(password)`, `` `${password}${salt}` ``, `password + salt`. */
export function subjectOf(input: ts.Expression): Subject | undefined {
  const node = unwrap(input);
  if (ts.isIdentifier(node)) return named(node.text);
  const access = memberAccess(node);
  if (access !== undefined) return named(access.name);
  if (ts.isBinaryExpression(node)) {
    const isJoin = node.operatorToken.kind === ts.SyntaxKind.PlusToken;
    const isDefault = /^(?:\|\||\?\?)$/.test(node.operatorToken.getText());
    if (isDefault) return subjectOf(node.left);
    return isJoin ? mixed(subjectOf(node.left) ?? subjectOf(node.right)) : undefined;
  }
  if (ts.isTemplateExpression(node)) {
    const found = node.templateSpans.map(({ expression }) => subjectOf(expression)).find((one) => one !== undefined);
    const isAlone =
      node.templateSpans.length === 1 && node.head.text === '' && node.templateSpans[0]?.literal.text === '';
    return isAlone ? found : mixed(found);
  }
  if (!ts.isCallExpression(node)) return undefined;
  // String(password), Buffer.from(password), password.trim(), CryptoJS.enc.Utf8.parse(password)
  const name = calledName(node) ?? '';
  const [first] = node.arguments;
  if (/^(?:String|from|parse|encode)$/.test(name) && first !== undefined) return subjectOf(first);
  const member = memberAccess(unwrap(node.expression));
  return member !== undefined && /^(?:toString|trim|normalize)$/.test(name) ? subjectOf(member.receiver) : undefined;
}

function mixed(subject: Subject | undefined): Subject | undefined {
  return subject && { ...subject, salted: true };
}

function named(name: string): Subject | undefined {
  // What is hashed already is not what somebody typed.
  if (/hash|encrypt|digest/i.test(name)) return undefined;
  const kind = secretKind(name);
  if (kind === 'password') return { kind, name, salted: false };
  const opens = kind === 'token' && /reset|refresh|access|auth|session|invite|verif|api|remember/i.test(name);
  return opens ? { kind: 'token', name, salted: false } : undefined;
}
