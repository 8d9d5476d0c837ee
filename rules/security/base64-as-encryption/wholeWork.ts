import { type FileHeader, ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { encodingOf } from './encoding.ts';

/** Calls that keep a text readable for everybody, whatever they do to it. */
const READABLE = new Set([
  ...['stringify', 'parse', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'escape', 'unescape'],
  ...['String', 'toString', 'trim', 'split', 'join', 'reverse', 'slice', 'substring', 'concat', 'padEnd', 'padStart'],
  ...[
    'replace',
    'replaceAll',
    'toLowerCase',
    'toUpperCase',
    'startsWith',
    'endsWith',
    'includes',
    'isArray',
    'resolve',
  ],
]);
/** Calls that write somewhere or fail, and change nothing. */
const ASIDE = /^(?:log|debug|info|warn|error|setItem|getItem|removeItem|set|get|Error|TypeError)$/;
const BUFFERS = new Set(['global#Buffer', 'global#Buffer.from', 'crypto-js#enc.Utf8.parse']);

/** True when nothing in a body does more to a value than to encode it: no cipher, and no function whose work is not known. */
export function onlyEncodes(body: ts.Node, header: FileHeader): boolean {
  let encodes = false;
  const doesMore = (node: ts.Node): boolean => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CaretToken) return true;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (ts.isCallExpression(node) && encodingOf(node, header) !== undefined) encodes = true;
      else if (!isHarmless(node, header)) return true;
    }
    return ts.forEachChild(node, (child) => doesMore(child) || undefined) === true;
  };
  return !doesMore(body) && encodes;
}

function isHarmless(call: ts.CallExpression | ts.NewExpression, header: FileHeader): boolean {
  const name = calledName(call);
  if (name === undefined) return false;
  if (READABLE.has(name) || ASIDE.test(name)) return true;
  // `this.encrypt` of the same class is judged by itself; what else is called might be a cipher.
  if (BUFFERS.has(header.resolve(call.expression) ?? '')) return true;
  const member = memberCall(call);
  return member !== undefined && header.resolve(unwrap(member.receiver)) === 'global#console';
}
