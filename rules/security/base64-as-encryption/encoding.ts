import { type FileHeader, ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';

/** A call that only writes a value in another alphabet, or reads it back. */
export interface Encoding {
  readonly direction: 'encode' | 'decode';
  readonly value: ts.Expression;
}

const BASE64 = /^base64(?:url)?$/i;

/** Functions of packages that encode or decode, by the last part of their name. */
const PACKAGES = /^(?:js-base64|base-64|base64-js|@hexagon\/base64|universal-base64|react-native-base64)(?:$|#)/;

/** Tells calls apart by their last name alone, before anything is resolved. */
export const CALLED = new Set([
  'btoa',
  'atob',
  'from',
  'toString',
  'stringify',
  'parse',
  'encode',
  'decode',
  'toBase64',
  'fromBase64',
]);

/** `btoa(x)`, `Buffer.from(x).toString('base64')`, `Buffer.from(x, 'base64')`, and what packages have for the same. */
export function encodingOf(call: ts.CallExpression, header: FileHeader): Encoding | undefined {
  const name = calledName(call);
  const [value, alphabet] = call.arguments;
  if (name === undefined || value === undefined || !CALLED.has(name)) return undefined;
  const member = memberCall(call);
  if (name === 'toString')
    return isBase64(value) && member !== undefined ? ofBuffer(member.receiver, header) : undefined;
  if (name === 'from') {
    const isDecoding = isBase64(alphabet) && header.resolve(call.expression) === 'global#Buffer.from';
    return isDecoding ? { direction: 'decode', value } : undefined;
  }
  const reference = header.resolve(call.expression) ?? '';
  if (/^global#(?:window\.|globalThis\.)?btoa$|^abab#btoa$/.test(reference)) return { direction: 'encode', value };
  if (/^global#(?:window\.|globalThis\.)?atob$|^abab#atob$/.test(reference)) return { direction: 'decode', value };
  if (/^crypto-js(?:#|\/enc-base64).*(?:^|[.#])stringify$/.test(reference) && /[bB]ase64/.test(reference)) {
    return { direction: 'encode', value };
  }
  if (/^crypto-js(?:#|\/enc-base64).*(?:^|[.#])parse$/.test(reference) && /[bB]ase64/.test(reference)) {
    return { direction: 'decode', value };
  }
  if (!PACKAGES.test(reference)) return undefined;
  return { direction: /^(?:encode|toBase64)$/.test(name) ? 'encode' : 'decode', value };
}

function isBase64(node: ts.Node | undefined): boolean {
  return (
    node !== undefined && ts.isStringLiteralLike(unwrap(node)) && BASE64.test((unwrap(node) as ts.StringLiteral).text)
  );
}

/** `Buffer.from(text)` and `new Buffer(text)`; what else is a buffer may hold anything, ciphertext as well. */
function ofBuffer(receiver: ts.Expression, header: FileHeader): Encoding | undefined {
  const node = unwrap(receiver);
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  const [value, alphabet] = node.arguments ?? [];
  const reference = header.resolve(node.expression);
  const makes = ts.isNewExpression(node) ? reference === 'global#Buffer' : reference === 'global#Buffer.from';
  const isText = alphabet === undefined || /^['"`](?:utf-?8|ascii)['"`]$/i.test(alphabet.getText());
  return makes && isText && value !== undefined ? { direction: 'encode', value } : undefined;
}
