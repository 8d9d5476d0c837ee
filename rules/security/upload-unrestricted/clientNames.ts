import { ts, unwrap } from '#api';
import { memberAccess, propertyKey } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';

/** `cb(null, file.originalname)`: the name, when a file is stored under what the client calls it. */
export function clientName(call: ts.CallExpression): ts.Expression | undefined {
  const [error, name] = call.arguments;
  if (error?.kind !== ts.SyntaxKind.NullKeyword || name === undefined) return undefined;
  return memberAccess(unwrap(name))?.name === 'originalname' ? name : undefined;
}

/**
 * Whether the name decides where the file lies: it is what `filename` of a storage answers, and the folder is the same for
 * all.
 */
export function decidesPlace(name: ts.Expression): boolean {
  const fn = enclosingFunction(name);
  if (fn === undefined) return false;
  const member = ts.isMethodDeclaration(fn) ? fn : fn.parent;
  const isFilename =
    (ts.isMethodDeclaration(member) || ts.isPropertyAssignment(member)) && propertyKey(member.name) === 'filename';
  if (!isFilename || !ts.isObjectLiteralExpression(member.parent)) return false;
  const destination = member.parent.properties.find(
    (other) => other.name !== undefined && propertyKey(other.name) === 'destination',
  );
  if (destination === undefined) return false;
  if (ts.isPropertyAssignment(destination) && ts.isStringLiteralLike(unwrap(destination.initializer))) return true;
  // A folder for each user or upload keeps names apart.
  const answers = [...destination.getText().matchAll(/\(\s*null\s*,\s*(['"`])([^'"`]*)\1\s*\)/g)];
  return answers.length > 0 && answers.every(([, , folder]) => folder !== undefined && !folder.includes('${'));
}
