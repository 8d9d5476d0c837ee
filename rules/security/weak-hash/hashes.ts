import { type FileHeader, ts, unwrap } from '#api';
import { constant, memberCall } from '../../_shared/calls.ts';

/** A hash that is computed over something. */
export interface Hashing {
  readonly algorithm: 'md5' | 'sha1' | 'sha256';
  /** What is hashed. */
  readonly input: ts.Expression;
  /** Where the algorithm is named, or the function that is called by its name. */
  readonly place: ts.Node;
}

type Algorithm = Hashing['algorithm'];

/** Names of algorithms that are fast; `sha256` stands for the rest of its family. */
const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['md5', 'md5'],
  ['md4', 'md5'],
  ['rmd160', 'sha1'],
  ['ripemd160', 'sha1'],
  ['sha1', 'sha1'],
  ['sha', 'sha1'],
  ['sha224', 'sha256'],
  ['sha256', 'sha256'],
  ['sha384', 'sha256'],
  ['sha512', 'sha256'],
]);

/** Functions of packages that hash what they are called with. */
const FUNCTIONS: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['md5', 'md5'],
  ['js-md5', 'md5'],
  ['js-md5#md5', 'md5'],
  ['blueimp-md5', 'md5'],
  ['md5-hex', 'md5'],
  ['ts-md5#Md5.hashStr', 'md5'],
  ['sha1', 'sha1'],
  ['js-sha1', 'sha1'],
  ['js-sha1#sha1', 'sha1'],
  ['sha256', 'sha256'],
  ['js-sha256', 'sha256'],
  ['js-sha256#sha256', 'sha256'],
  ['crypto-js#MD5', 'md5'],
  ['crypto-js#SHA1', 'sha1'],
  ['crypto-js#SHA256', 'sha256'],
  ['crypto-js#SHA512', 'sha256'],
  ['crypto-js/md5', 'md5'],
  ['crypto-js/sha1', 'sha1'],
  ['crypto-js/sha256', 'sha256'],
]);

/** Names that such functions end in, as far as one look goes. */
export const NAMED = /^(?:md5|sha1|sha256|sha512|hashStr|update)$/i;

/**
 * Reads a call as the hashing of something: `createHash('md5').update(x)`, `hash.update(x)` of such a hash, `md5(x)`,
 * `crypto.hash('sha1', x)`.
 * @param made what a local that `update` is called on starts with
 */
export function hashing(
  call: ts.CallExpression,
  header: FileHeader,
  made: (local: ts.Identifier) => ts.Node | undefined,
): Hashing | undefined {
  const [input, second] = call.arguments;
  if (input === undefined) return undefined;
  const member = memberCall(call);
  if (member?.name === 'update') {
    const receiver = unwrap(member.receiver);
    const maker = ts.isIdentifier(receiver) ? made(receiver) : receiver;
    const named = maker && createdHash(unwrap(maker), header);
    return named && { ...named, input };
  }
  const reference = header.resolve(call.expression);
  if (reference === undefined) return undefined;
  if (reference === 'crypto#hash' && second !== undefined) {
    const algorithm = algorithmIn(input);
    return algorithm && { algorithm, input: second, place: input };
  }
  const algorithm = FUNCTIONS.get(reference);
  return algorithm && { algorithm, input, place: call.expression };
}

/** Whether a call may be one of these at all; reads nothing but its name. */
export function mayHash(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  const name = ts.isIdentifier(callee) ? callee.text : memberCall(call)?.name;
  return name !== undefined && NAMED.test(name);
}

/** `createHash('md5')`, possibly with updates before. */
function createdHash(node: ts.Node, header: FileHeader): Pick<Hashing, 'algorithm' | 'place'> | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const member = memberCall(node);
  if (member?.name === 'update') return createdHash(unwrap(member.receiver), header);
  const [name] = node.arguments;
  if (name === undefined || header.resolve(node.expression) !== 'crypto#createHash') return undefined;
  const algorithm = algorithmIn(name);
  return algorithm && { algorithm, place: name };
}

function algorithmIn(name: ts.Expression): Algorithm | undefined {
  const value = constant(name)?.value;
  return typeof value === 'string' ? ALGORITHMS.get(value.toLowerCase().replace(/^rsa-|-/g, '')) : undefined;
}
