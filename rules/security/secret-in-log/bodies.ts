import { ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { assignedName, functionName } from '../../_shared/functionName.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';

/** Names of files, routes and handlers to which people send passwords, tokens, or who they are. */
const ABOUT_PEOPLE =
  /auth(?!or)|log_?-?in|sign_?-?(?:in|up|on)|regist|user|account|passw|session|token|credential|customer|member|profile|person|patient|employee|student|payment|checkout|contact|e?mail/i;

/** Members that give away a secret, or where somebody can be reached. */
const GIVES_AWAY =
  /\b(?:\w*(?:[pP]assw|[sS]ecret|[tT]oken|[cC]redential|[mM]ail|[pP]hone|[aA]ddress|[bB]irth)\w*|pwd|otp|pin|cvv|cvc|ssn|iban|cardNumber)\b/;

/**
 * Whether a body that is logged as a whole may hold a secret or tell of a person: middleware sees those of all requests, and
 * the names around say what is sent to a handler. A body of which nobody can tell is none.
 */
export function mayHoldSecret(body: ts.Node, source: SourceView): boolean {
  const fn = enclosingFunction(body);
  if (fn?.body === undefined) return false;
  const { next } = handlerOf(fn, source)?.parameters ?? {};
  const handsOn = next !== undefined && ts.isIdentifier(next.name) && fn.body.getText().includes(`${next.name.text}()`);
  if (handsOn) return true;
  const [route] = ts.isCallExpression(fn.parent) ? fn.parent.arguments : [];
  const path = route !== undefined && ts.isStringLiteralLike(route) ? route.text : '';
  const file = source.header.localPath.split('/').slice(-2).join('/');
  const names = [file, path, functionName(fn), assignedName(fn)].join(' ');
  return ABOUT_PEOPLE.test(names) || GIVES_AWAY.test(fn.body.getText());
}
