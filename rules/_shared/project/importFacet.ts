import { type Anchor, type FileHeader, facet, type SourceFacetContext, ts } from '#api';
import { enclosingFunction } from '../enclosing.ts';
import { isRelative, packageOf } from './specifiers.ts';
import { isUsedAsValue } from './valueNames.ts';

/** An import that runs: its specifier as written, and where that stands. */
export interface ImportedModule {
  readonly to: string;
  readonly at: Anchor;
  /** The code goes on when it is not there: `try { require('x') } catch {}`, or it may never be asked for. */
  readonly isOptional?: true;
  /** Loaded to see whether it is there: nothing takes the result. */
  readonly isProbe?: true;
  /** Loaded by a call inside of a function, when that runs. */
  readonly isLazy?: true;
}

/** What a file imports when it runs; imports of types are left out. */
export interface FileImports {
  /** Files of the project by relative path. */
  readonly local: readonly ImportedModule[];
  /**
   * Aliases, packages of the workspace, packages that are listed for development alone, and those that nobody lists. Packages
   * that a package.json on the way up takes from a registry are left out: nearly all imports are of these.
   */
  readonly others: readonly OtherModule[];
}

/** An import by name. */
export interface OtherModule extends ImportedModule {
  /** Listed for development alone, or by a range that names a package of the workspace. */
  readonly listed?: 'development' | 'workspace';
}

type Import = ts.ImportDeclaration | ts.ExportDeclaration | ts.ImportEqualsDeclaration | ts.CallExpression;

interface Fact {
  readonly specifier: ts.StringLiteralLike;
  readonly by: Import;
}

/** Versions of packages that lie in the workspace themselves. */
const IN_WORKSPACE = /^(?:workspace|file|link|portal):|^\*$/;

/** Imports of all files, without those of listed packages. */
export const importFacet = facet<Fact, FileImports>({
  name: 'project/imports',
  collect: {
    ImportDeclaration: (node) => (isOfTypes(node) ? undefined : asFact(node.moduleSpecifier, node)),
    ExportDeclaration: (node) =>
      node.isTypeOnly || node.moduleSpecifier === undefined ? undefined : asFact(node.moduleSpecifier, node),
    ImportEqualsDeclaration: (node) =>
      !node.isTypeOnly && ts.isExternalModuleReference(node.moduleReference)
        ? asFact(node.moduleReference.expression, node)
        : undefined,
    CallExpression: {
      named: /^require$/,
      listen: (node) => {
        const { expression } = node;
        const isImport =
          expression.kind === ts.SyntaxKind.ImportKeyword ||
          (ts.isIdentifier(expression) && expression.text === 'require');
        return isImport && node.arguments[0] !== undefined ? asFact(node.arguments[0], node) : undefined;
      },
    },
  },
  fold(scope, ctx) {
    const local: ImportedModule[] = [];
    const others: OtherModule[] = [];
    for (const { specifier, by } of [...scope.all()].sort((a, b) => a.specifier.pos - b.specifier.pos)) {
      const isLocal = isRelative(specifier.text);
      const kind = isLocal ? undefined : kindOf(specifier.text, ctx.header);
      if (!isLocal && (kind === undefined || (kind !== 'alias' && !isForValues(by, ctx)))) continue;
      const module = {
        to: specifier.text,
        at: ctx.at(specifier),
        ...(isOptional(by) && { isOptional: true as const }),
        ...(isProbe(by) && { isProbe: true as const }),
        ...(isLazy(by) && { isLazy: true as const }),
      };
      if (isLocal) local.push(module);
      else others.push(kind === 'development' || kind === 'workspace' ? { ...module, listed: kind } : module);
    }
    return local.length + others.length === 0 ? undefined : { local, others };
  },
});

function asFact(specifier: ts.Expression, by: Import): Fact | undefined {
  return ts.isStringLiteralLike(specifier) && specifier.text !== '' ? { specifier, by } : undefined;
}

/** `import type`, and imports of nothing but types. */
function isOfTypes({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = importClause.namedBindings;
  return (
    importClause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

/** What a specifier that is no path leads to; `undefined` for listed packages and for what the runtime has. */
function kindOf(specifier: string, header: FileHeader): 'development' | 'workspace' | 'unknown' | 'alias' | undefined {
  if (specifier.includes(':')) return undefined;
  const name = packageOf(specifier);
  // What is left are modules of Node.
  if (name === undefined) return /^[@~#]/.test(specifier) ? 'alias' : undefined;
  const version = header.dependency(name);
  if (version === undefined) return 'unknown';
  if (header.isForDevelopment(name)) return 'development';
  return IN_WORKSPACE.test(version) ? 'workspace' : undefined;
}

/** Whether anything that an import brings is used when the program runs. */
function isForValues(by: Import, { file, header }: SourceFacetContext): boolean {
  if (!ts.isImportDeclaration(by) || by.importClause === undefined || header.isTest) return true;
  const { name, namedBindings } = by.importClause;
  if (name !== undefined && isUsedAsValue(name.text, file)) return true;
  if (namedBindings === undefined) return false;
  if (ts.isNamespaceImport(namedBindings)) return isUsedAsValue(namedBindings.name.text, file);
  return namedBindings.elements.some((element) => !element.isTypeOnly && isUsedAsValue(element.name.text, file));
}

const LOGICAL: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** Whether a `require` or `import()` stands where the code goes on without it, or may not come by at all. */
function isOptional(by: Import): boolean {
  if (!ts.isCallExpression(by)) return false;
  const isRequire = by.expression.kind !== ts.SyntaxKind.ImportKeyword;
  let inner: ts.Node = by;
  for (let { parent } = inner; parent !== undefined; parent = parent.parent) {
    if (ts.isTryStatement(parent) && parent.tryBlock === inner && parent.catchClause !== undefined) return true;
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent) || ts.isCaseOrDefaultClause(parent)) return true;
    if (ts.isBinaryExpression(parent) && LOGICAL.has(parent.operatorToken.kind)) return true;
    if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'catch') return true;
    // `load('x', () => require('x'))`
    if (isRequire && ts.isFunctionLike(inner) && ts.isCallExpression(parent)) return true;
    inner = parent;
  }
  return false;
}

function isProbe(by: Import): boolean {
  return ts.isCallExpression(by) && ts.isExpressionStatement(by.parent) && isOptional(by);
}

function isLazy(by: Import): boolean {
  return ts.isCallExpression(by) && enclosingFunction(by) !== undefined;
}
