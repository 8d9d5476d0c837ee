import { type FileHeader, ts, unwrap } from '#api';
import { memberAccess } from '../calls.ts';
import type { SourceView } from '../sourceView.ts';
import type { DataClient, Library } from './model.ts';

/**
 * The library's value that a node is likely to be: it may come from anywhere in the project (imported from it, a
 * parameter, destructured, a member, a call's result) and is named as the library's clients are.
 */
export function likelyValue(node: ts.Node, library: Library, source: SourceView): DataClient | undefined {
  const { shape } = library;
  const name = ts.isIdentifier(node) ? node.text : memberAccess(node)?.name;
  if (shape === undefined || name === undefined || !shape.name.test(name)) return undefined;
  if (ts.isIdentifier(node) && !isOfUnknownOrigin(node, source)) return undefined;
  const value = { library, role: shape.role, root: node, certain: false };
  return shape.role === 'model' ? { ...value, target: name } : value;
}

/** True where a value comes from a module that the library's shape names as one of its own places. */
export function isFromPlace(root: ts.Node, library: Library, { header }: SourceView): boolean {
  const node = unwrap(root);
  const imported = ts.isIdentifier(node) ? header.imports.get(node.text) : undefined;
  return imported !== undefined && library.shape?.from?.test(imported.module) === true;
}

function isOfUnknownOrigin(node: ts.Identifier, { header, lookup }: SourceView): boolean {
  const declaration = lookup(node);
  if (declaration === undefined) return false;
  const imported = header.imports.get(node.text);
  if (imported !== undefined && (ts.isImportSpecifier(declaration) || isImportLike(declaration))) {
    return isProjectModule(imported.module, header);
  }
  if (ts.isParameter(declaration) || ts.isBindingElement(declaration)) return true;
  if (!ts.isVariableDeclaration(declaration)) return false;
  if (declaration.initializer === undefined) return true;
  let value = unwrap(declaration.initializer);
  if (ts.isAwaitExpression(value)) value = unwrap(value.expression);
  return ts.isCallExpression(value) || ts.isPropertyAccessExpression(value) || ts.isBinaryExpression(value);
}

function isImportLike(declaration: ts.Declaration): boolean {
  return (
    ts.isImportClause(declaration) ||
    ts.isNamespaceImport(declaration) ||
    ts.isVariableDeclaration(declaration) ||
    ts.isBindingElement(declaration)
  );
}

/** A module of the project or its workspace rather than a package from a registry. */
function isProjectModule(module: string, header: FileHeader): boolean {
  if (/^(?:[./~#]|@\/)/.test(module)) return true;
  const [scope = '', name = ''] = module.split('/');
  const version = header.dependency(scope.startsWith('@') ? `${scope}/${name}` : scope);
  return version === undefined || /^(?:workspace|file|link|portal):|^\*$/.test(version);
}
