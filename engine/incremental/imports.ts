import type { ImportedName } from '../api/header.ts';
import { unwrap } from '../api/unwrap.ts';
import { ts } from '../ts.ts';

const K = ts.SyntaxKind;

/** What a file's top level declares and imports; built anew for each tree, one pass over its top-level statements. */
export interface TopLevel {
  readonly imports: ReadonlyMap<string, ImportedName>;
  readonly names: ReadonlySet<string>;
  readonly modules: ReadonlySet<string>;
}

/** Drops `node:` so that both spellings of a built-in module are one. */
export function moduleName(specifier: string): string {
  return specifier.startsWith('node:') ? specifier.slice(5) : specifier;
}

/** Reads imports (ESM, `import = require`, top-level `require`, aliases of imported names) and top-level names. */
export function readTopLevel(file: ts.SourceFile): TopLevel {
  const imports = new Map<string, ImportedName>();
  const names = new Set<string>();
  const modules = new Set<string>();
  const add = (local: string, module: string, name: string, typeOnly: boolean): void => {
    imports.set(local, { module, name: name === 'default' ? '' : name, typeOnly });
  };
  for (const statement of file.statements) {
    switch (statement.kind) {
      case K.ImportDeclaration:
        readImport(statement as ts.ImportDeclaration, add, modules);
        break;
      case K.ImportEqualsDeclaration: {
        const declaration = statement as ts.ImportEqualsDeclaration;
        const target = declaration.moduleReference;
        if (ts.isExternalModuleReference(target) && ts.isStringLiteralLike(target.expression)) {
          const module = moduleName(target.expression.text);
          modules.add(module);
          add(declaration.name.text, module, '', declaration.isTypeOnly);
        }
        break;
      }
      case K.ExportDeclaration: {
        const specifier = (statement as ts.ExportDeclaration).moduleSpecifier;
        if (specifier !== undefined && ts.isStringLiteral(specifier)) modules.add(moduleName(specifier.text));
        continue;
      }
      case K.VariableStatement:
        for (const declaration of (statement as ts.VariableStatement).declarationList.declarations) {
          readVariable(declaration, imports, add, modules);
          bindingNames(declaration.name, names);
        }
        continue;
      case K.FunctionDeclaration:
      case K.ClassDeclaration:
      case K.EnumDeclaration:
      case K.ModuleDeclaration: {
        const name = (statement as ts.DeclarationStatement).name;
        if (name !== undefined && ts.isIdentifier(name)) names.add(name.text);
        continue;
      }
      default:
        continue;
    }
  }
  for (const local of imports.keys()) names.add(local);
  return { imports, names, modules };
}

type Add = (local: string, module: string, name: string, typeOnly: boolean) => void;

function readImport(declaration: ts.ImportDeclaration, add: Add, modules: Set<string>): void {
  if (!ts.isStringLiteral(declaration.moduleSpecifier)) return;
  const module = moduleName(declaration.moduleSpecifier.text);
  const clause = declaration.importClause;
  const typeOnly = clause?.phaseModifier === K.TypeKeyword;
  if (!typeOnly) modules.add(module);
  if (clause?.name !== undefined) add(clause.name.text, module, '', typeOnly);
  const bindings = clause?.namedBindings;
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) add(bindings.name.text, module, '', typeOnly);
  else
    for (const element of bindings.elements) {
      add(element.name.text, module, (element.propertyName ?? element.name).text, typeOnly || element.isTypeOnly);
    }
}

/** `const x = require('m')`, `const { a: b } = require('m')`, `const y = x.z` for an imported `x`. */
function readVariable(
  declaration: ts.VariableDeclaration,
  imports: ReadonlyMap<string, ImportedName>,
  add: Add,
  modules: Set<string>,
): void {
  if (declaration.initializer === undefined) return;
  const required = requiredModule(declaration.initializer);
  if (required !== undefined) modules.add(required);
  // A `let` may be something else by the time it is used; `var x = require()` is how older code imports.
  const isConst = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  const source = isConst || required !== undefined ? importedValue(declaration.initializer, imports) : undefined;
  if (source === undefined) return;
  if (ts.isIdentifier(declaration.name)) {
    add(declaration.name.text, source.module, source.name, false);
    return;
  }
  if (!ts.isObjectBindingPattern(declaration.name)) return;
  for (const element of declaration.name.elements) {
    const key = element.propertyName ?? element.name;
    if (element.dotDotDotToken !== undefined || !ts.isIdentifier(element.name) || !ts.isIdentifier(key)) continue;
    add(element.name.text, source.module, join(source.name, key.text), false);
  }
}

/** The module and export path an expression denotes, when it is made of imports, `require` and property accesses alone. */
function importedValue(
  expression: ts.Expression,
  imports: ReadonlyMap<string, ImportedName>,
): { readonly module: string; readonly name: string } | undefined {
  const node = unwrap(expression);
  const required = requiredModule(node);
  if (required !== undefined) return { module: required, name: '' };
  if (ts.isAwaitExpression(node)) return importedValue(node.expression, imports);
  if (ts.isIdentifier(node)) return imports.get(node.text);
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.name)) {
    const base = importedValue(node.expression, imports);
    return base === undefined ? undefined : { module: base.module, name: join(base.name, node.name.text) };
  }
  // TypeScript's and Babel's output: __importDefault(require('m')), _interopRequireDefault(require('m')).
  if (
    ts.isCallExpression(node) &&
    ts.isIdentifier(node.expression) &&
    /^_+(?:import|interop)/.test(node.expression.text)
  ) {
    const inner = node.arguments[0];
    return inner === undefined ? undefined : importedValue(inner, imports);
  }
  return undefined;
}

/** `require('m')` or `import('m')` with a constant specifier. */
export function requiredModule(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || node.arguments.length === 0) return undefined;
  const callee = node.expression;
  const isRequire = ts.isIdentifier(callee) && callee.text === 'require';
  if (!isRequire && callee.kind !== K.ImportKeyword) return undefined;
  const specifier = node.arguments[0];
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? moduleName(specifier.text) : undefined;
}

function join(path: string, name: string): string {
  if (name === 'default') return path;
  return path === '' ? name : `${path}.${name}`;
}

/** Names bound by an identifier or a destructuring pattern. */
export function bindingNames(name: ts.BindingName, into: Set<string>): void {
  if (ts.isIdentifier(name)) {
    into.add(name.text);
    return;
  }
  for (const element of name.elements) if (ts.isBindingElement(element)) bindingNames(element.name, into);
}
