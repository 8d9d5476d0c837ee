import { ts } from '#api';
import { hasModifier } from '../../modifiers.ts';
import { isExportsTarget } from './targets.ts';

/** Names functions and classes of one file without positions, so that a key stays while text around it changes. */
export interface FunctionKeys {
  /** Key of a function; those without a name are numbered in the order in which they are asked for. */
  of(fn: ts.Node): string;
  /** Key of the innermost function with a name around a node, empty at the top of the file. */
  around(node: ts.Node): string;
  /** Whether others can call a function by a name. */
  isNamed(fn: ts.Node): boolean;
}

/** Keys for the functions of one file. */
export function functionKeys(): FunctionKeys {
  const keys = new Map<ts.Node, string>();
  const counts = new Map<string, number>();
  const of = (fn: ts.Node): string => {
    const known = keys.get(fn);
    if (known !== undefined) return known;
    const outer = around(fn);
    const name = nameOf(fn);
    let key = outer === '' ? (name ?? '') : `${outer}/${name ?? ''}`;
    if (name === undefined) {
      const count = (counts.get(outer) ?? 0) + 1;
      counts.set(outer, count);
      key = `${outer}~${count}`;
    }
    keys.set(fn, key);
    return key;
  };
  const around = (node: ts.Node): string => {
    for (let up = node.parent; up !== undefined; up = up.parent) {
      if (ts.isFunctionLike(up) && nameOf(up) !== undefined) return of(up);
      // What fields begin with is made by the constructor.
      if (ts.isPropertyDeclaration(up) && ts.isClassLike(up.parent) && isMadeByConstructor(up)) {
        const outer = around(up.parent);
        const key = `${classKey(up.parent)}.constructor`;
        return outer === '' ? key : `${outer}/${key}`;
      }
    }
    return '';
  };
  return { of, around, isNamed: (fn) => nameOf(fn) !== undefined };
}

function isMadeByConstructor(field: ts.PropertyDeclaration): boolean {
  if (field.initializer === undefined || ts.isFunctionLike(field.initializer)) return false;
  return !hasModifier(field, ts.SyntaxKind.StaticKeyword);
}

/** `Class`, or what holds a class without a name. */
export function classKey(node: ts.ClassLikeDeclaration): string {
  if (node.name !== undefined) return node.name.text;
  const { parent } = node;
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : 'default';
}

/** The name by which a function can be called: its own, that of its variable, field or export. */
function nameOf(fn: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(fn)) return fn.name?.text ?? 'default';
  if (ts.isConstructorDeclaration(fn)) return `${classKey(fn.parent)}.constructor`;
  if (ts.isMethodDeclaration(fn) || ts.isAccessor(fn) || ts.isPropertyDeclaration(fn.parent)) {
    const member = ts.isPropertyDeclaration(fn.parent) ? fn.parent : (fn as ts.MethodDeclaration);
    const name = member.name.getText();
    return ts.isClassLike(member.parent) ? `${classKey(member.parent)}.${name}` : name;
  }
  let { parent } = fn;
  let inner = fn;
  while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) {
    inner = parent;
    parent = parent.parent;
  }
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (ts.isPropertyAssignment(parent)) return ts.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (ts.isExportAssignment(parent)) return 'default';
  if (ts.isBinaryExpression(parent) && parent.right === inner && isExportsTarget(parent.left)) {
    return parent.left.getText().replace(/^(?:module\.)?exports\.?/, '') || 'default';
  }
  return undefined;
}
