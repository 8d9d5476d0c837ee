import { type FixContext, type FixSource, type Span, type TextEdit, ts } from '#api';

/** A name under which an export can be used, and what has to be inserted for it. */
export interface BoundName {
  /** What to write, e.g. `NextFunction` or `express.NextFunction`. */
  readonly text: string;
  /** `undefined` when the name is there already. */
  readonly insert: { readonly at: number; readonly text: string } | undefined;
}

/** An export that code is to use. */
export interface Wanted {
  readonly module: string;
  readonly name: string;
  /** A type may come from an `import type`; a value may not. */
  readonly isType: boolean;
}

/**
 * Binds one more export of a module that the file imports already: in the import of other names, as a member of the
 * namespace, or in a destructured `require`. `undefined` when nothing of the module is imported in a way that can be added to,
 * or when something else has the name.
 */
export function bindImport(
  { file, header }: Pick<FixSource, 'file' | 'header'>,
  wanted: Wanted,
): BoundName | undefined {
  for (const [local, { module, name, typeOnly }] of header.imports) {
    if (module === wanted.module && name === wanted.name && (wanted.isType || !typeOnly)) {
      return { text: local, insert: undefined };
    }
  }
  const isFree = !header.topLevel.has(wanted.name);
  for (const statement of file.statements) {
    const found = ts.isImportDeclaration(statement)
      ? inImport(statement, wanted, isFree)
      : ts.isVariableStatement(statement) && !wanted.isType
        ? inRequire(statement, wanted, isFree)
        : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The insertions for several names, those at one place joined: edits must not touch each other. */
export function importEdits(ctx: FixContext<unknown>, bound: readonly BoundName[]): TextEdit[] {
  const places = new Map<number, string>();
  for (const { insert } of bound) {
    if (insert !== undefined) places.set(insert.at, (places.get(insert.at) ?? '') + insert.text);
  }
  return [...places].map(([at, text]) => ctx.insert(at, text));
}

function inImport(statement: ts.ImportDeclaration, wanted: Wanted, isFree: boolean): BoundName | undefined {
  const clause = statement.importClause;
  if (clause === undefined || !names(statement.moduleSpecifier, wanted.module)) return undefined;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword && !wanted.isType) return undefined;
  const bindings = clause.namedBindings;
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) {
    return { text: `${bindings.name.text}.${wanted.name}`, insert: undefined };
  }
  if (bindings === undefined) {
    // A default import of a package written in CommonJS is the package itself, types included.
    return clause.name && { text: `${clause.name.text}.${wanted.name}`, insert: undefined };
  }
  const written = bindings.elements.map(({ name }) => ({
    text: name.text,
    start: name.parent.getStart(),
    end: name.parent.end,
  }));
  const marked = wanted.isType && bindings.elements.some(({ isTypeOnly }) => isTypeOnly);
  return isFree ? { text: wanted.name, insert: insertion(written, wanted.name, marked ? 'type ' : '') } : undefined;
}

function inRequire(statement: ts.VariableStatement, wanted: Wanted, isFree: boolean): BoundName | undefined {
  for (const { name, initializer } of statement.declarationList.declarations) {
    if (initializer === undefined || !ts.isCallExpression(initializer) || !ts.isIdentifier(initializer.expression))
      continue;
    const [specifier] = initializer.arguments;
    if (initializer.expression.text !== 'require' || specifier === undefined || !names(specifier, wanted.module))
      continue;
    if (ts.isIdentifier(name)) return { text: `${name.text}.${wanted.name}`, insert: undefined };
    if (!ts.isObjectBindingPattern(name) || name.elements.some(({ dotDotDotToken }) => dotDotDotToken !== undefined))
      continue;
    const written = name.elements.map((element) => ({
      text: element.name.getText(),
      start: element.getStart(),
      end: element.end,
    }));
    return isFree ? { text: wanted.name, insert: insertion(written, wanted.name) } : undefined;
  }
  return undefined;
}

/** Before the first name that comes after it, so that sorted names stay sorted. */
function insertion(
  written: readonly (Span & { readonly text: string })[],
  name: string,
  mark = '',
): BoundName['insert'] {
  const next = written.find(({ text }) => text.localeCompare(name) > 0);
  if (next !== undefined) return { at: next.start, text: `${mark}${name}, ` };
  const last = written.at(-1);
  return last && { at: last.end, text: `, ${mark}${name}` };
}

function names(specifier: ts.Expression, module: string): boolean {
  return ts.isStringLiteralLike(specifier) && specifier.text.replace(/^node:/, '') === module;
}
