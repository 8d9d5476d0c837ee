import { type FunctionNode, ts } from '#api';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';

const VERBS = set('request check validate has is can ask verify ensure evaluate may');
const SUBJECTS = set('permission permissions access authorization authorisation authorized authorised consent');

/** Names about something near: a token of access, the level of one, the prompt for it. */
const BESIDE = set(
  'token tokens key keys level code log logs modifier control denied error errors needed required loading pending dialog ' +
    'modal button page screen type mode scope point supported available public open unlimited storage cookie',
);

/** Classes and files that stand in for the real thing, or whose owner may do everything. */
const STAND_INS = set(
  'mock mocks mocked fake stub stubs noop null dummy test testing example demo story stories admin superadmin super root owner system allow public',
);

const STAND_IN_FILES = set('mock mocks mocked fake stub stubs story stories');

/** True for a name that asks whether somebody may do something: `hasPermission`, `checkAccess`, `requestConsent`. */
export function asks(name: string): boolean {
  const words = nameWords(name);
  return (
    VERBS.has(words[0] ?? '') &&
    words.length > 1 &&
    has(words, SUBJECTS) &&
    !has(words, BESIDE) &&
    !has(words, STAND_INS)
  );
}

/** The name a function goes by: its own, or that of the variable, property or field that it is. */
export function nameOf(fn: FunctionNode): string {
  const { parent } = fn;
  const holder =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  const name = fn.name ?? (holder ? parent.name : undefined);
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isPrivateIdentifier(name))
    ? name.text
    : '';
}

/** A class or object around that says by its name that it only stands in. */
export function isStandIn(fn: ts.Node, path: string): boolean {
  if (
    has(nameWords(path.slice(path.lastIndexOf('/') + 1)), STAND_IN_FILES) ||
    /\/(?:__mocks__|mocks?|stories)\//.test(path)
  )
    return true;
  for (let at = fn.parent; at !== undefined; at = at.parent) {
    const name =
      ts.isClassLike(at) || ts.isVariableDeclaration(at) || ts.isFunctionDeclaration(at) ? at.name : undefined;
    if (name !== undefined && ts.isIdentifier(name) && has(nameWords(name.text), STAND_INS)) return true;
  }
  return false;
}
