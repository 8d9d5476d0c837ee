import { ts } from '../ts.ts';
import { isBoundary } from './boundary.ts';

const K = ts.SyntaxKind;
const FIRST_NODE = K.FirstNode;
const NONE: readonly string[] = [];

/** Names that inner scopes declare, cached by statement (cache: inner names). */
export type InnerNames = WeakMap<ts.Node, readonly string[]>;

/**
 * Names declared anywhere below top level: parameters, locals, nested functions and classes, catch variables. The header
 * needs them to know which imports and globals some scope hides. Errs on the side of too many.
 */
export function innerNames(file: ts.SourceFile, cache: InnerNames, into: (name: string) => void): void {
  for (const statement of file.statements) {
    for (const name of namesIn(statement, cache)) into(name);
  }
}

function namesIn(statement: ts.Node, cache: InnerNames): readonly string[] {
  const cached = cache.get(statement);
  if (cached !== undefined) return cached;
  let names: Set<string> | undefined;
  const add = (name: string) => {
    names ??= new Set();
    names.add(name);
  };
  const visit = (node: ts.Node): void => {
    // Names, literals and keywords, every other node of a tree, declare nothing and have nothing inside.
    if (node.kind < FIRST_NODE) return;
    declared(node, add);
    if (isBoundary(node)) for (const name of namesIn(node, cache)) add(name);
    else ts.forEachChild(node, visit);
  };
  // A top-level statement's own names are the header's; those of `for (const x …)` or a block are inner ones.
  if (statement.kind === K.VariableStatement && statement.parent.kind === K.SourceFile) {
    for (const declaration of (statement as ts.VariableStatement).declarationList.declarations) {
      if (declaration.initializer !== undefined) visit(declaration.initializer);
    }
  } else {
    ts.forEachChild(statement, visit);
  }
  const result = names === undefined ? NONE : [...names];
  cache.set(statement, result);
  return result;
}

/** Reports the names a single node declares. */
function declared(node: ts.Node, add: (name: string) => void): void {
  switch (node.kind) {
    case K.Parameter:
    case K.VariableDeclaration:
    case K.BindingElement:
    case K.FunctionDeclaration:
    case K.FunctionExpression:
    case K.ClassDeclaration:
    case K.ClassExpression:
    case K.EnumDeclaration: {
      const name = (node as ts.NamedDeclaration).name;
      if (name !== undefined && ts.isIdentifier(name)) add(name.text);
      break;
    }
    default:
      break;
  }
}
