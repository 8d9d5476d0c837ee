import { type FixContext, type FixEdit, ts } from '#api';
import { cleanupHook, counterpart, setupHook } from './hooks.ts';
import { closeStatement, indentOf, isJavaScript, lineBreak, usesSemicolons } from './layout.ts';

/** Adds the hook that undoes the one that started the server, or one behind a server started at top level. */
export function addCloseHook(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const call = ctx.node(
    (node): node is ts.CallExpression | ts.NewExpression => ts.isCallExpression(node) || ts.isNewExpression(node),
  );
  if (call === undefined) return undefined;
  const name = String(ctx.data['name']);
  const setup = setupHook(call);
  const anchor = setup === undefined ? topLevelStatement(call) : statementOf(setup.call);
  if (anchor === undefined) return undefined;
  const hook = setup === undefined ? defaultHook(ctx) : counterpart(setup.name);
  // A variable of the hook's own body cannot be seen from another hook.
  if (setup !== undefined && isDeclaredIn(call, setup.callback, name)) return undefined;
  const kind = ctx.data['kind'] === 'node' ? 'node' : 'promise';
  const imported = importHook(ctx, hook);
  if (imported === undefined) return undefined;
  const newLine = lineBreak(ctx.text);
  const indent = indentOf(ctx.text, anchor.getStart());
  const end = usesSemicolons(ctx.file) ? ';' : '';
  const body = closeStatement(name, kind, isJavaScript(ctx.path));
  const text = `${newLine}${newLine}${indent}${hook}(async () => {${newLine}${indent}${step(ctx.text)}${body}${end}${newLine}${indent}})${end}`;
  return [...imported, ctx.insert(anchor.end, text)];
}

/** Makes a hook wait for `server.close()`. */
export function awaitClose(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const call = ctx.node(ts.isCallExpression);
  const hook = call === undefined ? undefined : cleanupHook(call);
  if (call === undefined || hook === undefined || hook.callback.parameters.length > 0) return undefined;
  const { callback } = hook;
  const awaited = ts.isAwaitExpression(call.parent) ? call.parent : call;
  const isBody = ts.isArrowFunction(callback) && callback.body === awaited;
  const isStatement = ts.isExpressionStatement(awaited.parent) || ts.isReturnStatement(awaited.parent);
  if (!isBody && !isStatement) return undefined;
  const wait = closeStatement(String(ctx.data['name']), 'node', isJavaScript(ctx.path));
  const isAsync = callback.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) === true;
  const edits: FixEdit[] = [ctx.replace(awaited, isBody && !isAsync ? wait.replace(/^await /, '') : wait)];
  if (!isAsync && !isBody) edits.unshift(ctx.insert(callback.getStart(), 'async '));
  return edits;
}

/** The statement of the file or of a `describe` callback in which the server is declared. */
function topLevelStatement(call: ts.Node): ts.Statement | undefined {
  for (let node = call; node.parent !== undefined; node = node.parent) {
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

function isDeclaredIn(call: ts.Node, callback: ts.Node, name: string): boolean {
  for (let node = call; node !== callback; node = node.parent) {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name) return true;
  }
  return new RegExp(`\\b(?:const|let|var)\\s+${name}\\b`).test(callback.getText());
}

/** `afterAll` unless the file or its packages speak for a runner that calls it `after`. */
function defaultHook(ctx: FixContext<unknown>): string {
  if (ctx.header.modules.has('test') || ctx.header.modules.has('mocha')) return 'after';
  const isMocha = ctx.header.dependency('mocha') !== undefined;
  return isMocha && ctx.header.dependency('jest') === undefined && ctx.header.dependency('vitest') === undefined
    ? 'after'
    : 'afterAll';
}

/** Adds the hook to the import of the runner where hooks are imported; no edit where they are global. */
function importHook(ctx: FixContext<unknown>, hook: string): readonly FixEdit[] | undefined {
  if (ctx.header.imports.has(hook)) return [];
  if (ctx.header.topLevel.has(hook)) return undefined;
  for (const statement of ctx.file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (!/^(?:vitest|@jest\/globals|node:test|test|mocha|bun:test)$/.test(statement.moduleSpecifier.text)) continue;
    const bindings = statement.importClause?.namedBindings;
    const last = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.at(-1) : undefined;
    return last === undefined ? undefined : [ctx.insert(last.end, `, ${hook}`)];
  }
  return [];
}

/** One level of indentation as the file has it. */
function step(text: string): string {
  return /^(?:\t| {2,4}(?=\S))/m.exec(text)?.[0] ?? '  ';
}
