import { type Finding, type FixContext, type FixEdit, ts } from '#api';
import { behindStatement } from '../../behindStatement.ts';
import { importLine } from '../../importLine.ts';
import { indentAt, indentUnit, lineEnd } from '../../layout.ts';
import { addDependency } from '../../project/addDependency.ts';
import { packageFolder } from '../../project/nearestPackage.ts';

/** A package and how an application is given what it makes. */
export interface Remedy {
  readonly package: string;
  /** Range for package.json; `undefined` for what the framework brings itself. */
  readonly range: string | undefined;
  /** Module to import, where it is not the package. */
  readonly module?: string;
  /** Local name, and whether it is the default export. */
  readonly name: string;
  readonly isDefault: boolean;
  /** The statement, without a semicolon; `app` is what the code calls the application. */
  statement(app: string): string;
}

/**
 * Registers something right behind the statement that makes the application the finding stands at, with the import and the
 * dependency it needs. `undefined` where the application has no name of its own, or the name of the import is taken.
 */
export function registerFirst(
  ctx: FixContext<unknown>,
  _finding: Finding,
  remedy: Remedy,
): readonly FixEdit[] | undefined {
  const holder = applicationHolder(ctx);
  const isImported = ctx.header.imports.get(remedy.name)?.module === (remedy.module ?? remedy.package);
  if (holder === undefined || (ctx.header.topLevel.has(remedy.name) && !isImported)) return undefined;
  const { statement, name } = holder;
  const newLine = lineEnd(ctx.text);
  const end = statement.getText().endsWith(';') ? ';' : '';
  const registration = `${newLine}${indentAt(ctx.text, statement.getStart())}${remedy.statement(name)}${end}`;
  const behind = behindStatement(ctx.text, statement);
  if (isImported) return [ctx.insert(behind, registration)];
  const importing = importLine(ctx, { ...remedy, module: remedy.module ?? remedy.package }, end);
  if (importing === undefined) return undefined;
  const folder = remedy.range === undefined ? undefined : packageFolder(ctx.path, ctx);
  const dependency =
    folder === undefined || remedy.range === undefined ? [] : addDependency(folder, remedy.package, remedy.range, ctx);
  const edits =
    importing.start === behind
      ? [{ ...importing, newText: importing.newText + registration }]
      : [importing, ctx.insert(behind, registration)];
  return [...edits, ...dependency];
}

/**
 * Inserts lines right behind the statement that makes the application the finding stands at, in the file's layout; they are
 * given indented by two spaces for each level and with semicolons. `undefined` where the application has no name of its own.
 */
export function registerBehind(
  ctx: FixContext<unknown>,
  lines: (app: string) => readonly string[],
): readonly FixEdit[] | undefined {
  const holder = applicationHolder(ctx);
  if (holder === undefined) return undefined;
  const { statement, name } = holder;
  const indent = indentAt(ctx.text, statement.getStart());
  const unit = indentUnit(ctx.text);
  const hasSemicolons = statement.getText().endsWith(';');
  const written = lines(name).map((line) => {
    const inner = line.replace(/^(?: {2})+/, (spaces) => unit.repeat(spaces.length / 2));
    return lineEnd(ctx.text) + indent + (hasSemicolons ? inner : inner.replace(/;$/, ''));
  });
  return [ctx.insert(behindStatement(ctx.text, statement), written.join(''))];
}

function applicationHolder(ctx: FixContext<unknown>): ReturnType<typeof holderOf> {
  const made = ctx.node(
    (node): node is ts.CallExpression | ts.NewExpression => ts.isCallExpression(node) || ts.isNewExpression(node),
  );
  return made && holderOf(made);
}

/** The statement that makes the application and keeps it: `const app = express();`, `this.app = express();`. */
function holderOf(made: ts.Expression): { readonly statement: ts.Statement; readonly name: string } | undefined {
  let node: ts.Node = made;
  while (
    ts.isAwaitExpression(node.parent) ||
    ts.isParenthesizedExpression(node.parent) ||
    ts.isAsExpression(node.parent)
  ) {
    node = node.parent;
  }
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    const list = parent.parent;
    const isAlone = ts.isVariableDeclarationList(list) && list.declarations.length === 1;
    return isAlone && ts.isVariableStatement(list.parent)
      ? { statement: list.parent, name: parent.name.text }
      : undefined;
  }
  const isKept =
    ts.isBinaryExpression(parent) &&
    parent.right === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isExpressionStatement(parent.parent);
  if (!isKept || !ts.isBinaryExpression(parent) || !ts.isExpressionStatement(parent.parent)) return undefined;
  return { statement: parent.parent, name: parent.left.getText() };
}
