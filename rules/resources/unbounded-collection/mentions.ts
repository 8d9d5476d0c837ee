import { ts } from '#api';
import { namesOf } from '../../_shared/namesOf.ts';

type Mention = ts.Identifier | ts.PrivateIdentifier;

/** The text behind a name that says as much already, of calls that look or add: the most common of them. */
const HARMLESS_CALL = /\??\.(?:get|has|set|add|push|unshift|forEach|keys|values|entries)\(/y;

/** Mentions by name, and there by statement or class member, which is new when its text is (cache: mentions). */
const known = new Map<string, WeakMap<ts.Node, readonly Mention[]>>();
const MOST_NAMES = 200;

/** Where a file or class mentions a name for anything but a call that looks or adds. */
export function* mentionsOf(name: string, scope: ts.SourceFile | ts.ClassLikeDeclaration): Generator<Mention> {
  let byPart = known.get(name);
  if (byPart === undefined) {
    if (known.size >= MOST_NAMES) known.clear();
    byPart = new WeakMap();
    known.set(name, byPart);
  }
  for (const part of partsOf(scope)) {
    let found = byPart.get(part);
    if (found === undefined) {
      found = [...namesOf(name, part, HARMLESS_CALL)];
      byPart.set(part, found);
    }
    yield* found;
  }
}

function partsOf(scope: ts.SourceFile | ts.ClassLikeDeclaration): readonly ts.Node[] {
  if (ts.isSourceFile(scope)) {
    return scope.statements.flatMap((statement) => (ts.isClassDeclaration(statement) ? partsOf(statement) : statement));
  }
  const parts: ts.Node[] = [];
  ts.forEachChild(scope, (part) => {
    parts.push(part);
  });
  return parts;
}
