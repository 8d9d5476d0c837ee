import { ts } from '#api';
import { isMemberName } from '../mentions.ts';

/** Names with a capital that statements use for more than their types (cache: names of values). */
const known = new WeakMap<ts.Statement, ReadonlySet<string>>();

/**
 * Whether a file uses a name it imports as a value; TypeScript leaves out imports that it does not. Only names with a capital
 * are looked for, others count as values: types are hardly ever written small. Knows nothing of inner declarations that hide
 * the name: these count as uses.
 */
export function isUsedAsValue(name: string, file: ts.SourceFile): boolean {
  if (!/^[A-Z]/.test(name) || !/\.[cm]?tsx?$/.test(file.fileName)) return true;
  return file.statements.some((statement) => !ts.isImportDeclaration(statement) && namesIn(statement).has(name));
}

function namesIn(statement: ts.Statement): ReadonlySet<string> {
  let names = known.get(statement);
  if (names === undefined) {
    names = valueNames(statement);
    known.set(statement, names);
  }
  return names;
}

function valueNames(statement: ts.Statement): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (/^[A-Z]/.test(node.text) && !isMemberName(node)) names.add(node.text);
      return;
    }
    // Types, and clauses that say what a class or interface looks like.
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) return;
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}
