import { type Finding, type FixContext, type FixEdit, type FixSource, ts, unwrap } from '#api';
import { entryAt } from '../../_shared/dataMembers.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { folderOf, isSource, lastPart } from '../../_shared/filePath.ts';
import { indentAt, indentUnit, lineEnd, quoteMark } from '../../_shared/layout.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { addCleanupHook } from '../../_shared/testing/addHook.ts';
import { nameOf } from '../../_shared/testing/setting.ts';

type Context = FixContext<unknown>;

/** A file of preparations as it is now, and the place where it opens what nobody closes. */
interface Prepared {
  readonly source: FixSource;
  readonly opened: ts.Node;
  /** What holds the connection. */
  readonly name: string;
  /** Closes it, with `await` where it takes time. */
  readonly statement: string;
}

/** Adds the hook behind what opens, in the file of preparations. */
export function addHookBehind(ctx: Context, finding: Finding): readonly FixEdit[] | undefined {
  const prepared = preparedBy(ctx, finding);
  // Jest has no hooks yet when `setupFiles` run.
  if (prepared === undefined || (finding.data['runner'] === 'Jest' && finding.data['setting'] === 'setupFiles'))
    return undefined;
  const { source, opened, name, statement } = prepared;
  if (
    finding.data['runner'] === 'Vitest' &&
    !source.header.modules.has('vitest') &&
    !/\bglobals: true\b/.test(ctx.text)
  )
    return undefined;
  const insert = (offset: number, newText: string) => ({ path: source.path, start: offset, end: offset, newText });
  const { text, file, header } = source;
  return addCleanupHook({ text, file, header, insert }, opened, name, statement);
}

/** Vitest and Mocha call what the set-up function returns, or none of it: Vitest's returns the teardown. */
export function returnTeardown(ctx: Context, finding: Finding): readonly FixEdit[] | undefined {
  const prepared = finding.data['runner'] === 'Vitest' ? preparedBy(ctx, finding) : undefined;
  const body = prepared && setUpBody(prepared.source.file);
  const last = body?.statements.at(-1);
  if (prepared === undefined || body === undefined || last === undefined || ts.isReturnStatement(last))
    return undefined;
  const { source, name, statement } = prepared;
  if (!isSeenAtEnd(name, body, source)) return undefined;
  const newLine = lineEnd(source.text);
  const indent = indentAt(source.text, last.getStart());
  const end = statementEnd(source.file);
  const unit = indentUnit(source.text);
  const lines = ['return async () => {', `${unit}${statement}${end}`, `}${end}`];
  const newText = lines.map((line) => newLine + indent + line).join('');
  return [{ path: source.path, start: last.end, end: last.end, newText }];
}

/** Jest runs a file of its own after the tests: it takes the client where the set-up took it from. */
export function addTeardownFile(ctx: Context, finding: Finding): readonly FixEdit[] | undefined {
  const prepared = finding.data['runner'] === 'Jest' ? preparedBy(ctx, finding) : undefined;
  const client = prepared && importOf(prepared.name, prepared.source.file);
  if (prepared === undefined || client === undefined) return undefined;
  const { source, statement } = prepared;
  const ending = /\.[cm]?[jt]sx?$/.exec(source.path)?.[0] ?? '.js';
  const path = `${folderOf(source.path)}/globalTeardown${ending}`;
  const setting = ctx.exists(path) ? undefined : nameTeardown(ctx, source.path, `globalTeardown${ending}`);
  if (setting === undefined) return undefined;
  const end = statementEnd(source.file);
  const isModule = ts.isImportDeclaration(client);
  const [head, foot] = isModule
    ? ['export default async function globalTeardown() {', '}']
    : ['module.exports = async () => {', `}${end}`];
  const lines = [client.getText(), '', head, `${indentUnit(source.text)}${statement}${end}`, foot, ''];
  return [{ path, create: lines.join(lineEnd(source.text)) }, setting];
}

function preparedBy(ctx: Context, { related: [place], data }: Finding): Prepared | undefined {
  const source = place && ctx.source(place.path);
  const close = String(data['close']);
  if (place === undefined || source === undefined || close === '') return undefined;
  const name = String(data['name']);
  const opened = nodeAt(source.file, place.span.start, place.span.end);
  return (
    opened && { source, opened, name, statement: statementOf(`${name}.${close}`, String(data['closes']), source.path) }
  );
}

function nodeAt(file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  const find = (node: ts.Node): ts.Node | undefined => {
    if (node.pos > start || node.end < end) return undefined;
    return ts.forEachChild(node, find) ?? (node.end === end && node.getStart(file) === start ? node : undefined);
  };
  return ts.forEachChild(file, find);
}

function statementOf(close: string, closes: string, path: string): string {
  if (closes === 'now') return `${close}()`;
  if (closes === 'promise') return `await ${close}()`;
  const type = /\.[cm]?tsx?$/.test(path) ? '<void>' : '';
  return `await new Promise${type}((resolve) => ${close}(() => resolve()))`;
}

/** The body of what a file of preparations exports: `export default async () => {`, `export async function setup() {`. */
function setUpBody(file: ts.SourceFile): ts.Block | undefined {
  for (const statement of file.statements) {
    if (ts.isExportAssignment(statement)) return blockOf(statement.expression);
    const isExported = ts.canHaveModifiers(statement) && /^export\b/.test(statement.getText());
    if (!isExported) continue;
    const isDefault = /^export\s+default\b/.test(statement.getText());
    if (ts.isFunctionDeclaration(statement) && (isDefault || statement.name?.text === 'setup')) return statement.body;
    const [declaration] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    if (declaration?.name.getText() === 'setup' && declaration.initializer !== undefined)
      return blockOf(declaration.initializer);
  }
  return undefined;
}

function blockOf(value: ts.Expression): ts.Block | undefined {
  const fn = unwrap(value);
  const isFunction = isFunctionValue(fn);
  return isFunction && ts.isBlock(fn.body) ? fn.body : undefined;
}

/** Whether the name at the end of a block is the one of the file or of the block itself, not one of a block inside. */
function isSeenAtEnd(name: string, body: ts.Block, { header }: FixSource): boolean {
  const [root = ''] = name.split(/[.[]/);
  if (/^(?:globalThis|global)$/.test(root) || header.imports.has(root) || header.topLevel.has(root)) return true;
  return body.statements.some(
    (statement) =>
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.some((declaration) => declaration.name.getText() === root),
  );
}

/** The import, or the `require` that stands alone in its statement, that brings a name and nothing else. */
function importOf(name: string, file: ts.SourceFile): ts.ImportDeclaration | ts.VariableStatement | undefined {
  return file.statements.find((statement): statement is ts.ImportDeclaration | ts.VariableStatement => {
    if (ts.isImportDeclaration(statement)) {
      const { name: whole, namedBindings } = statement.importClause ?? {};
      if (namedBindings === undefined) return whole?.text === name;
      if (whole !== undefined) return false;
      if (ts.isNamespaceImport(namedBindings)) return namedBindings.name.text === name;
      const [only, ...others] = namedBindings.elements;
      return others.length === 0 && only?.name.text === name;
    }
    if (!ts.isVariableStatement(statement)) return false;
    const [only, ...others] = statement.declarationList.declarations;
    if (only?.initializer === undefined || others.length > 0 || !/^require\(/.test(only.initializer.getText()))
      return false;
    return only.name.getText().replace(/^\{\s*(\w+)\s*\}$/, '$1') === name;
  });
}

/** The setting that names the new file, beside the one for the set-up and written from the same root. */
function nameTeardown(ctx: Context, setUp: string, file: string): FixEdit | undefined {
  const written = (value: string): string | undefined => {
    const folder = value.slice(0, value.lastIndexOf('/') + 1);
    const base = value.slice(folder.length).replace(/\.[cm]?[jt]sx?$/, '');
    const isIt = lastPart(setUp).startsWith(base) && folder !== '';
    return isIt ? folder + file : undefined;
  };
  if (isSource(ctx.path)) {
    const property = ctx.node(ts.isPropertyAssignment);
    const value = property && unwrap(property.initializer);
    if (property === undefined || nameOf(property) !== 'globalSetup') return undefined;
    const path = value !== undefined && ts.isStringLiteralLike(value) ? written(value.text) : undefined;
    const quote = quoteMark(ctx.text);
    return path === undefined ? undefined : beside(ctx, property, `globalTeardown: ${quote}${path}${quote}`);
  }
  const { document } = ctx;
  if (document.language !== 'json') return undefined;
  const [root] = document.roots;
  const object = ctx.path.endsWith('/package.json') ? entryAt(root, 'jest')?.value : root;
  const entry = entryAt(object, 'globalSetup');
  const value =
    entry?.value?.kind === 'scalar' && typeof entry.value.value === 'string' ? entry.value.value : undefined;
  const path = value === undefined ? undefined : written(value);
  return entry === undefined || path === undefined
    ? undefined
    : ctx.insert(entry.span.end, `,${gap(ctx.text, entry.span.start)}"globalTeardown": "${path}"`);
}

function beside(ctx: Context, property: ts.PropertyAssignment, member: string): FixEdit {
  return ctx.insert(property.end, `,${gap(ctx.text, property.getStart())}${member}`);
}

/** What stands between two members: a line end where the first one begins a line. */
function gap(text: string, start: number): string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return line.trim() === '' ? lineEnd(text) + indentAt(text, start) : ' ';
}
