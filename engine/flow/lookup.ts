import type { FileHeader } from '../api/header.ts';
import type { FileNames, TypeDeclaration } from '../api/names.ts';
import { isFunctionNode } from '../incremental/boundary.ts';
import { globalReference, reference, resolveWith } from '../incremental/header.ts';
import { requiredModule } from '../incremental/imports.ts';
import { ts } from '../ts.ts';

const K = ts.SyntaxKind;

/** Names a block, function, loop, file … declares itself (cache: scope names). */
const scopeNames = new WeakMap<ts.Node, ReadonlyMap<string, ts.Declaration>>();

/**
 * Finds the declaration an identifier refers to, walking outwards to `limit` and no further. `var` is taken where it is
 * written: one in a nested block is not seen outside of it. Cost: the blocks on the way, each indexed once.
 */
export function findDeclaration(identifier: ts.Identifier, limit: ts.Node): ts.Declaration | undefined {
  const name = identifier.text;
  for (let node: ts.Node | undefined = identifier.parent; node !== undefined; node = node.parent) {
    const found = opensScope(node) ? namesOf(node).get(name) : undefined;
    if (found !== undefined) return found;
    if (node === limit) return undefined;
  }
  return undefined;
}

/** The declaration of a file's top level that a name leads to. */
export function declaredName(file: ts.SourceFile, name: string): ts.Declaration | undefined {
  return namesOf(file).get(name);
}

/** Types at the top of a file by name, the first of each (cache: scope names). */
const fileTypes = new WeakMap<ts.SourceFile, ReadonlyMap<string, TypeDeclaration>>();

/** The type at a file's top level that a name leads to. */
export function declaredType(file: ts.SourceFile, name: string): TypeDeclaration | undefined {
  let types = fileTypes.get(file);
  if (types === undefined) {
    const byName = new Map<string, TypeDeclaration>();
    for (const statement of file.statements) {
      const declared = isTypeDeclaration(statement) ? statement.name?.text : undefined;
      if (declared !== undefined && !byName.has(declared)) byName.set(declared, statement as TypeDeclaration);
    }
    types = byName;
    fileTypes.set(file, types);
  }
  return types.get(name);
}

function isTypeDeclaration(statement: ts.Statement): statement is TypeDeclaration {
  switch (statement.kind) {
    case K.TypeAliasDeclaration:
    case K.InterfaceDeclaration:
    case K.ClassDeclaration:
    case K.EnumDeclaration:
      return true;
    default:
      return false;
  }
}

/** What a file says about its names, for those who keep nothing of it. */
export function fileNames(file: ts.SourceFile): FileNames {
  return {
    lookup: (identifier) => findDeclaration(identifier, file),
    lookupType: (name) => declaredType(file, name.text),
    relyOn: () => {},
  };
}

/**
 * Exact resolver for expressions inside `limit`; names not declared there are left to the header. `find` looks names up,
 * for callers that want to know which.
 */
export function scopedResolve(
  limit: ts.Node,
  header: FileHeader,
  find = (identifier: ts.Identifier) => findDeclaration(identifier, limit),
): (expression: ts.Node) => string | undefined {
  const nameOf = (name: string, identifier: ts.Identifier, depth = 0): string | undefined => {
    const declaration = find(identifier);
    if (declaration === undefined) {
      if (limit.kind !== K.SourceFile) return header.resolve(identifier);
      return header.topLevel.has(name) ? undefined : globalReference(name);
    }
    const imported = isTopLevel(declaration) ? header.imports.get(name) : undefined;
    if (imported !== undefined) return reference(imported.module, imported.name);
    return depth > 8 ? undefined : aliasOf(declaration, (n, id) => nameOf(n, id, depth + 1));
  };
  return (expression) => resolveWith(expression, nameOf);
}

/** What a local `const x = require('m').y` or `const { y } = imported` stands for. */
function aliasOf(
  declaration: ts.Declaration,
  nameOf: (name: string, identifier: ts.Identifier) => string | undefined,
): string | undefined {
  if (ts.isVariableDeclaration(declaration)) {
    const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    const initializer = declaration.initializer;
    if (initializer === undefined || (!isConst && requiredModule(initializer) === undefined)) return undefined;
    return resolveWith(initializer, nameOf);
  }
  if (ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent)) {
    const key = declaration.propertyName ?? declaration.name;
    const variable = declaration.parent.parent;
    if (!ts.isIdentifier(key) || !ts.isVariableDeclaration(variable) || variable.initializer === undefined)
      return undefined;
    const base = resolveWith(variable.initializer, nameOf);
    if (base === undefined) return undefined;
    return base.includes('#') ? `${base}.${key.text}` : reference(base, key.text);
  }
  return undefined;
}

function isTopLevel(declaration: ts.Node): boolean {
  for (let node = declaration.parent; node !== undefined; node = node.parent) {
    if (node.kind === K.SourceFile) return true;
    if (opensScope(node)) return false;
  }
  return false;
}

function opensScope(node: ts.Node): boolean {
  switch (node.kind) {
    case K.SourceFile:
    case K.Block:
    case K.ModuleBlock:
    case K.CaseBlock:
    case K.CatchClause:
    case K.ForStatement:
    case K.ForOfStatement:
    case K.ForInStatement:
    case K.ClassExpression:
    case K.ClassDeclaration:
      return true;
    default:
      return isFunctionNode(node);
  }
}

function namesOf(scope: ts.Node): ReadonlyMap<string, ts.Declaration> {
  const cached = scopeNames.get(scope);
  if (cached !== undefined) return cached;
  const names = new Map<string, ts.Declaration>();
  collect(scope, (name, declaration) => {
    if (!names.has(name)) names.set(name, declaration);
  });
  scopeNames.set(scope, names);
  return names;
}

type Declare = (name: string, declaration: ts.Declaration) => void;

function collect(scope: ts.Node, declare: Declare): void {
  if (ts.isSourceFile(scope) || ts.isBlock(scope) || ts.isModuleBlock(scope)) {
    for (const statement of scope.statements) declareStatement(statement, declare);
  } else if (ts.isCaseBlock(scope)) {
    for (const clause of scope.clauses) for (const statement of clause.statements) declareStatement(statement, declare);
  } else if (ts.isCatchClause(scope)) {
    if (scope.variableDeclaration !== undefined) declareBinding(scope.variableDeclaration, declare);
  } else if (ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope)) {
    const list = scope.initializer;
    if (list !== undefined && ts.isVariableDeclarationList(list)) {
      for (const declaration of list.declarations) declareBinding(declaration, declare);
    }
  } else if (ts.isClassLike(scope)) {
    if (ts.isClassExpression(scope) && scope.name !== undefined) declare(scope.name.text, scope);
  } else if (isFunctionNode(scope)) {
    for (const parameter of scope.parameters) declareBinding(parameter, declare);
    if (ts.isFunctionExpression(scope) && scope.name !== undefined) declare(scope.name.text, scope);
  }
}

function declareStatement(statement: ts.Statement, declare: Declare): void {
  switch (statement.kind) {
    case K.VariableStatement:
      for (const declaration of (statement as ts.VariableStatement).declarationList.declarations) {
        declareBinding(declaration, declare);
      }
      break;
    case K.FunctionDeclaration:
    case K.ClassDeclaration:
    case K.EnumDeclaration:
    case K.ModuleDeclaration:
    case K.ImportEqualsDeclaration: {
      const declaration = statement as ts.FunctionDeclaration | ts.ClassDeclaration | ts.ImportEqualsDeclaration;
      if (declaration.name !== undefined && ts.isIdentifier(declaration.name))
        declare(declaration.name.text, declaration);
      break;
    }
    case K.ImportDeclaration: {
      const clause = (statement as ts.ImportDeclaration).importClause;
      if (clause?.name !== undefined) declare(clause.name.text, clause);
      const bindings = clause?.namedBindings;
      if (bindings === undefined) break;
      if (ts.isNamespaceImport(bindings)) declare(bindings.name.text, bindings);
      else for (const element of bindings.elements) declare(element.name.text, element);
      break;
    }
    default:
      break;
  }
}

function declareBinding(
  declaration: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement,
  declare: Declare,
): void {
  if (ts.isIdentifier(declaration.name)) {
    declare(declaration.name.text, declaration);
    return;
  }
  for (const element of declaration.name.elements) if (ts.isBindingElement(element)) declareBinding(element, declare);
}
