import { type FunctionNode, ts } from '#api';
import { memberAccess, propertyKey } from '../../_shared/calls.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';

const VERBS = set('encrypt decrypt encipher decipher');
/** `protectNote`, `secureValue`: claims as much when it is the verb. */
const PROTECTING = set('protect unprotect secure unsecure');
/** Questions about encryption, and what is only near it. */
const BESIDE = set(
  'is can has should was needs maybe parse format encode decode encoded decoded base64 b64 btoa atob legacy old plain ' +
    'options config params header headers url error event button noop none null mock mocked fake dummy test demo',
);
/** What holds a result of encryption. */
const RESULTS = set('encrypted ciphertext enciphered');
const STORES = set('storage store vault local session cookie cookies preferences');

/** The name a function goes by: its own, or that of the variable, property or field that it is. */
export function nameOf(fn: FunctionNode): string {
  const { parent } = fn;
  const holder =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
      ? parent.name
      : undefined;
  // `exports.encrypt = function …`, `Vault.prototype.encrypt = …`
  const assigned = ts.isBinaryExpression(parent) && parent.right === fn ? memberAccess(parent.left)?.name : undefined;
  if (assigned !== undefined && fn.name === undefined) return assigned;
  const name = fn.name ?? holder;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isPrivateIdentifier(name))
    ? name.text.replace(/^#/, '')
    : '';
}

/** `encrypt`, `decryptToken`, `protectNote`: says that nobody can read what it gives back. */
export function claimsEncryption(name: string): boolean {
  const words = nameWords(name);
  if (has(words, BESIDE)) return false;
  return has(words, VERBS) || (words.length > 1 && PROTECTING.has(words[0] ?? ''));
}

/** `encrypted`, `encryptedToken`, `cipherText`. */
export function namesCiphertext(name: string): boolean {
  const words = nameWords(name);
  if (has(words, BESIDE)) return false;
  return has(words, RESULTS) || (words.includes('cipher') && words.includes('text'));
}

/** The class or object around a function that calls itself a secure or encrypted place to keep something. */
export function secureOwner(fn: ts.Node): { readonly name: string; readonly node: ts.Node } | undefined {
  for (let at = fn.parent; at !== undefined; at = at.parent) {
    const name =
      (ts.isClassLike(at) || ts.isVariableDeclaration(at)) && at.name !== undefined && ts.isIdentifier(at.name)
        ? at.name.text
        : ts.isPropertyAssignment(at)
          ? (propertyKey(at.name) ?? '')
          : ts.isBinaryExpression(at)
            ? (memberAccess(at.left)?.name ?? '')
            : '';
    const words = nameWords(name);
    const claims = words.includes('secure') || words.includes('encrypted');
    if (claims && has(words, STORES) && !has(words, BESIDE)) return { name, node: at };
  }
  return undefined;
}
