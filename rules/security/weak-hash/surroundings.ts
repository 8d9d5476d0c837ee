import { ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import type { FileView } from '../../_shared/sourceView.ts';

/** What asks whether a password was leaked is sent its hash, and no more than the beginning of it. */
const LEAKED = /pwned|hibp|haveibeenpwned|breach|leaked|k-?anonymity/i;

/** What was hashed is the key of a cache, a name in a log, or sent to a service that wants it so. */
const OTHER_USE = /cache|etag|checksum|fingerprint|gravatar|legacy|migrat/i;

/** Calls that send what they are given to somebody else, who said how it has to look. */
const SENDS = /^(?:fetch|request|axios|got|\$http|ajax|invoke)$/;

/** Whether a hash is not kept as the proof of a password, as far as the code around tells. */
export function isForSomebodyElse(node: ts.Node, { file }: FileView): boolean {
  if (LEAKED.test(file.text)) return true;
  const statement = ts.findAncestor(node, ts.isStatement);
  const fn = enclosingFunction(node);
  const taken = statement === undefined || fn?.body === statement ? '' : statement.getText(file).split('=')[0];
  if (OTHER_USE.test(taken ?? '') || (fn !== undefined && OTHER_USE.test(functionName(fn)))) return true;
  return fn?.body !== undefined && sends(fn.body);
}

function sends(body: ts.Node): boolean {
  const visit = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) &&
      (SENDS.test(calledName(node) ?? '') || /^(?:axios|http|api|client)\.\w+$/.test(node.expression.getText()))) ||
    (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  return visit(body);
}
