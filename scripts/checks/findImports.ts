import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { ts } from '#engine/ts.ts';

/** One import, dynamic import, re-export or `require` of a file. */
export interface FoundImport {
  readonly specifier: string;
  /** 1-based. */
  readonly line: number;
  /** `import type`, `export type`, or a type position (`import('x').T`). */
  readonly typeOnly: boolean;
}

function moduleOf(node: ts.Node): Omit<FoundImport, 'line'> | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, typeOnly: node.importClause?.isTypeOnly ?? false };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal.text, typeOnly: true };
  }
  if (ts.isCallExpression(node)) {
    const callee = node.expression;
    const loads = callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
    const [first] = node.arguments;
    if (loads && first && ts.isStringLiteralLike(first)) return { specifier: first.text, typeOnly: false };
  }
  return undefined;
}

/** All modules a file names, in source order. */
export function findImports(path: string, text: string): readonly FoundImport[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: FoundImport[] = [];
  const visit = (node: ts.Node): void => {
    const module = moduleOf(node);
    if (module) {
      found.push({ ...module, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** What a specifier stands for: a file of the repository (relative to it) or a package. */
export type Target = { readonly file: string } | { readonly package: string };

/** Resolves relative specifiers and the aliases of package.json#imports; `undefined` for an unknown alias. */
export function target(path: string, specifier: string, aliases: Readonly<Record<string, string>>): Target | undefined {
  if (specifier.startsWith('.')) return { file: posix.join(posix.dirname(path), specifier) };
  if (specifier.startsWith('#')) {
    for (const [alias, place] of Object.entries(aliases)) {
      if (alias === specifier) return { file: posix.normalize(place) };
      const prefix = alias.endsWith('/*') ? alias.slice(0, -1) : undefined;
      if (prefix && specifier.startsWith(prefix)) {
        return { file: posix.normalize(place.replace('*', specifier.slice(prefix.length))) };
      }
    }
    return undefined;
  }
  if (isBuiltin(specifier)) return { package: specifier.startsWith('node:') ? specifier : `node:${specifier}` };
  return { package: specifier };
}
