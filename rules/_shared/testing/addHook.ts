import { type FixContext, type FixEdit, ts } from '#api';
import { indentAt, indentUnit, lineEnd } from '../layout.ts';
import { statementEnd } from '../statementEnd.ts';
import { counterpart, setupHook } from './hooks.ts';

/** The file that gets the hook: that of the fix, or another one with an `insert` of its own. */
export type HookPlace = Pick<FixContext<unknown>, 'text' | 'file' | 'header' | 'insert'>;

/**
 * Adds the hook that undoes the one in which something was made, or one behind what was made at top level or in a suite.
 * `undefined` for what a test makes in its own body.
 * @param name what holds it: a variable of the hook's own body cannot be seen from another hook
 * @param statement what the hook does, without its semicolon
 */
export function addCleanupHook(
  ctx: HookPlace,
  made: ts.Node,
  name: string,
  statement: string,
): readonly FixEdit[] | undefined {
  const setup = setupHook(made);
  const anchor = setup === undefined ? topLevelStatement(made) : statementOf(setup.call);
  if (anchor === undefined) return undefined;
  const hook = setup === undefined ? defaultHook(ctx) : counterpart(setup.name);
  if (setup !== undefined && isDeclaredIn(made, setup.callback, name)) return undefined;
  const imported = importHook(ctx, hook);
  if (imported === undefined) return undefined;
  const newLine = lineEnd(ctx.text);
  const indent = indentAt(ctx.text, anchor.getStart());
  const end = statementEnd(ctx.file);
  const body = `${indent}${indentUnit(ctx.text)}${statement}${end}`;
  // What follows at once gets a line between, as what is in front does.
  const gap = /^[^\S\n]*\r?\n[^\S\n]*[^\s})]/.test(ctx.text.slice(anchor.end)) ? newLine : '';
  const text = `${newLine}${newLine}${indent}${hook}(async () => {${newLine}${body}${newLine}${indent}})${end}${gap}`;
  return [...imported, ctx.insert(anchor.end, text)];
}

/** The statement of the file or of a `describe` callback in which something is declared. */
function topLevelStatement(made: ts.Node): ts.Statement | undefined {
  for (let node = made; node.parent !== undefined; node = node.parent) {
    if (ts.isFunctionLike(node)) return undefined;
    if (!ts.isStatement(node)) continue;
    const { parent } = node;
    if (ts.isSourceFile(parent)) return node;
    if (!ts.isBlock(parent)) return undefined;
    const suite = parent.parent.parent;
    return ts.isCallExpression(suite) && /^(?:describe|suite|context)\b/.test(suite.expression.getText())
      ? node
      : undefined;
  }
  return undefined;
}

function statementOf(call: ts.CallExpression): ts.Statement | undefined {
  return ts.isExpressionStatement(call.parent) ? call.parent : undefined;
}

function isDeclaredIn(made: ts.Node, callback: ts.Node, name: string): boolean {
  for (let node = made; node !== callback; node = node.parent) {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name) return true;
  }
  return new RegExp(`\\b(?:const|let|var)\\s+${name.replace(/[$.]/g, '\\$&')}\\b`).test(callback.getText());
}

/** `afterAll` unless the file or its packages speak for a runner that calls it `after`. */
function defaultHook(ctx: HookPlace): string {
  if (ctx.header.modules.has('test') || ctx.header.modules.has('mocha')) return 'after';
  const isMocha = ctx.header.dependency('mocha') !== undefined;
  return isMocha && ctx.header.dependency('jest') === undefined && ctx.header.dependency('vitest') === undefined
    ? 'after'
    : 'afterAll';
}

/** Adds the hook to the import of the runner where hooks are imported; no edit where they are global. */
function importHook(ctx: HookPlace, hook: string): readonly FixEdit[] | undefined {
  // Playwright's hooks are members of `test`.
  if (ctx.header.modules.has('@playwright/test')) return undefined;
  if (ctx.header.imports.has(hook)) return [];
  if (ctx.header.topLevel.has(hook)) return undefined;
  for (const statement of ctx.file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (!/^(?:vitest|@jest\/globals|(?:node:)?test|mocha|bun:test)$/.test(statement.moduleSpecifier.text)) continue;
    const bindings = statement.importClause?.namedBindings;
    const last = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.at(-1) : undefined;
    return last === undefined ? undefined : [ctx.insert(last.end, `, ${hook}`)];
  }
  return [];
}
