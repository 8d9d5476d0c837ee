import { type Anchor, facet, type SourceFacetContext, ts } from '#api';
import { calleeName, cleanupHook } from './hooks.ts';
import { isNodeServer, mayStart, type ServerKind, type Start, startOf } from './starts.ts';
import { bindingOf, functionOf, holderBinding, type Uses, usesOf } from './uses.ts';

/** A server that the file starts and does not close as it should. */
export interface OpenServer {
  readonly at: Anchor;
  readonly problem: 'unclosed' | 'notAwaited';
  /** Variable that holds it; empty when its handle is dropped. */
  readonly name: string;
  readonly kind: ServerKind;
}

/** A use of something imported from another file of the project. */
export interface ImportedUse {
  readonly at: Anchor;
  readonly module: string;
  /** Exported name; empty for the default export, `*` for the import itself. */
  readonly name: string;
  /** Variable that holds the result. */
  readonly held: string;
  readonly closed: boolean;
}

export interface ServerFacts {
  /** In tests: what they leave open themselves. */
  readonly open: readonly OpenServer[];
  /** In tests: calls of imported functions that may start a server, and imports that may. */
  readonly uses: readonly ImportedUse[];
  /** In tests: `module#name` of imported things that are closed, or called while cleaning up. */
  readonly cleaned: readonly string[];
  /** Exported functions that start a server and hand it out, with how it is closed. */
  readonly starters: readonly string[];
  /** Exported functions that close a server. */
  readonly closers: readonly string[];
  /** Set when loading the module opens a port; the exported variable that holds the server, if there is one. */
  readonly startsOnImport?: { readonly exported: string | undefined };
}

type Fact =
  | { readonly kind: 'close'; readonly node: ts.CallExpression }
  | { readonly kind: 'call'; readonly node: ts.CallExpression | ts.NewExpression }
  | { readonly kind: 'import' };

/** Imported functions by whose name a test would start something. */
const STARTER_NAME = /server|listen|start|boot|launch|serve|app|setup|create|build|init|run|^up$/i;

/** Servers by file: where they are started, handed out and closed. */
export const serverFacet = facet<Fact, ServerFacts>({
  name: 'resources/servers',
  collect: {
    CallExpression: (node, { header }): Fact | undefined => {
      if (mayStart(node, header)) return { kind: 'call', node };
      return header.isTest && node.arguments.length === 0 && calleeName(node) === 'close'
        ? { kind: 'close', node }
        : undefined;
    },
    NewExpression: (node, { header }): Fact | undefined =>
      mayStart(node, header) ? { kind: 'call', node } : undefined,
    ImportDeclaration: (node, { header }): Fact | undefined =>
      header.isTest && ts.isStringLiteral(node.moduleSpecifier) && node.moduleSpecifier.text.startsWith('.')
        ? { kind: 'import' }
        : undefined,
    VariableStatement: (node, { header }): Fact | undefined =>
      header.isTest && /require\(\s*['"]\./.test(node.getText()) ? { kind: 'import' } : undefined,
  },
  fold(scope, ctx) {
    const starts: Start[] = [];
    for (const fact of scope.all()) {
      const start = fact.kind === 'call' ? startOf(fact.node, ctx.header, ctx.lookup) : undefined;
      if (start !== undefined) starts.push(start);
    }
    starts.sort((a, b) => a.call.pos - b.call.pos);
    const handles = starts.map((start) => handleOf(start, ctx));
    const exported = exportedFunctions(ctx.file);
    const starters = [...exported]
      .filter(([, fn]) => handles.some((handle) => handsOut(fn, handle)))
      .map(([name]) => name);
    const closers = [...exported].filter(([, fn]) => closesSomething(fn)).map(([name]) => name);
    const topLevel = handles.find(({ start }) => runsOnImport(start.call, ctx.file));
    const closes = [...scope.all()].flatMap((fact) => (fact.kind === 'close' ? [fact.node] : []));
    const own = isSuite(ctx)
      ? [...onceEach(handles).flatMap((handle) => problemsOf(handle, ctx)), ...handedServers(handles, closes, ctx)]
      : [];
    const imported = ctx.header.isTest ? importedUses(ctx) : { uses: [], cleaned: [] };
    const nothing =
      own.length + imported.uses.length + imported.cleaned.length + starters.length + closers.length === 0;
    if (nothing && topLevel === undefined) return undefined;
    return {
      open: own,
      ...imported,
      starters,
      closers,
      ...(topLevel !== undefined && { startsOnImport: { exported: exportedVariable(topLevel) } }),
    };
  },
});

const RUNNERS = [
  'test',
  'vitest',
  '@jest/globals',
  'mocha',
  'bun:test',
  'ava',
  'tap',
  'tape',
  'uvu',
  '@playwright/test',
];

/** Whether the file holds tests. Helpers and scripts beside them may be run as processes of their own, or closed by a caller. */
function isSuite({ file, header }: SourceFacetContext): boolean {
  // A file that is its own worker: the server lives and ends with that thread.
  if (!header.isTest || /\bisMainThread\b/.test(file.text)) return false;
  const calls =
    /(?<![\w$.])(?:it|test|describe|suite|context|specify|before|after|beforeAll|afterAll|beforeEach|afterEach)\b[\w.]*\s*[(`]/;
  return RUNNERS.some((runner) => header.modules.has(runner)) || calls.test(file.text);
}

/** One `close` may end many starts: it is judged with the first of them. */
function onceEach(handles: readonly Handle[]): readonly Judged[] {
  const seen = new Set<ts.CallExpression>();
  return handles.map((handle) => {
    const own = handle.uses?.closes.filter((close) => !seen.has(close)) ?? [];
    for (const close of own) seen.add(close);
    return { ...handle, own };
  });
}

interface Judged extends Handle {
  /** Calls that close it and were not judged with an earlier start. */
  readonly own: readonly ts.CallExpression[];
}

/** A start with what its file does with the server. */
interface Handle {
  readonly start: Start;
  readonly binding: ts.Declaration | string | undefined;
  readonly uses: Uses | undefined;
}

function handleOf(start: Start, ctx: SourceFacetContext): Handle {
  const held = start.holder === undefined ? undefined : holderBinding(start.holder, ctx.lookup);
  const result = bindingOf(start.call, ctx.lookup);
  // A parameter belongs to the caller; a listener's `this` is the server.
  if ((typeof held === 'object' && ts.isParameter(held)) || handsOutThis(start.call)) {
    return { start, binding: undefined, uses: unknownUses };
  }
  const bindings = [held, result].filter((binding) => binding !== undefined);
  const all = bindings.map((binding) => usesOf(binding, ctx.file, ctx.header, ctx.lookup));
  if (all.length === 0)
    return { start, binding: undefined, uses: start.holder === undefined ? undefined : unknownUses };
  return {
    start,
    binding: result ?? held,
    uses: {
      closes: all.flatMap(({ closes }) => closes),
      escapes: all.some(({ escapes }) => escapes),
      returned: all.some(({ returned }) => returned),
    },
  };
}

function handsOutThis(call: Start['call']): boolean {
  return (call.arguments ?? []).some(
    (argument) => ts.isFunctionExpression(argument) && /\bthis\b(?!\.)/.test(argument.getText()),
  );
}

/** The server is in a property of something: whoever owns that may close it. */
const unknownUses: Uses = { closes: [], escapes: true, returned: false };

function problemsOf({ start, binding, uses, own }: Judged, ctx: SourceFacetContext): readonly OpenServer[] {
  const name = nameOf(binding);
  const open = (at: ts.Node, problem: OpenServer['problem']): OpenServer => ({
    at: ctx.at(at),
    problem,
    name,
    kind: start.kind,
  });
  if (uses === undefined) return isDropped(start.call) ? [open(start.call, 'unclosed')] : [];
  if (uses.escapes || uses.returned || isHandedOn(start.call) || isUsing(binding)) return [];
  if (uses.closes.length === 0) return [open(start.call, 'unclosed')];
  if (start.kind !== 'node' || waitsForHandles(ctx)) return [];
  return own.filter(returnsEarly).map((close) => open(close, 'notAwaited'));
}

/** Hooks that do not wait for a server which somebody else started: its declared type says that it is one of Node's. */
function handedServers(
  handles: readonly Handle[],
  closes: readonly ts.CallExpression[],
  ctx: SourceFacetContext,
): readonly OpenServer[] {
  if (waitsForHandles(ctx)) return [];
  const judged = new Set(handles.flatMap(({ uses }) => uses?.closes ?? []));
  return closes.flatMap((close): OpenServer[] => {
    const callee = close.expression;
    if (judged.has(close) || !ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return [];
    if (!isNodeServer(callee.expression, ctx.header, ctx.lookup) || !returnsEarly(close)) return [];
    return [{ at: ctx.at(close), problem: 'notAwaited', name: callee.expression.text, kind: 'node' }];
  });
}

/** Node's own runner gives each file a process, which lives until its last server is closed. */
function waitsForHandles({ header }: SourceFacetContext): boolean {
  return header.modules.has('test');
}

/** Nobody looks at the value of the call. */
function isDropped(call: ts.Node): boolean {
  const user = userOf(call);
  // `(resolve) => server.listen(0, resolve)`: the value of the arrow is not looked at.
  return ts.isExpressionStatement(user) || (ts.isArrowFunction(user) && user.parameters.length > 0);
}

/** The value of the call goes somewhere else than a variable: returned, an argument, an element. */
function isHandedOn(call: ts.Node): boolean {
  const user = userOf(call);
  return !isDropped(call) && !ts.isVariableDeclaration(user) && !ts.isBinaryExpression(user);
}

function userOf(call: ts.Node): ts.Node {
  let { parent } = call;
  while (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) {
    parent = parent.parent;
  }
  return parent;
}

function isUsing(binding: Handle['binding']): boolean {
  if (binding === undefined || typeof binding === 'string' || !ts.isVariableDeclaration(binding)) return false;
  return (ts.getCombinedNodeFlags(binding) & ts.NodeFlags.Using) !== 0;
}

/** `server.close()` in a hook that does not wait: neither a callback nor an event tells when it is done. */
function returnsEarly(close: ts.CallExpression): boolean {
  const hook = cleanupHook(close);
  if (hook === undefined || close.arguments.length > 0) return false;
  if (!ts.isPropertyAccessExpression(close.expression) || close.expression.name.text !== 'close') return false;
  const body = hook.callback.body.getText();
  return !/['"`]close['"`]|promisify|asyncDispose/.test(body) && !isInsidePromise(close, hook.callback);
}

function isInsidePromise(node: ts.Node, limit: ts.Node): boolean {
  for (let up = node.parent; up !== limit; up = up.parent) if (ts.isNewExpression(up)) return true;
  return false;
}

function nameOf(binding: Handle['binding']): string {
  if (binding === undefined) return '';
  if (typeof binding === 'string') return binding;
  const { name } = binding as ts.NamedDeclaration;
  return name !== undefined && ts.isIdentifier(name) ? name.text : '';
}

// ── what a module offers ─────────────────────────────────────────────────────────────────────────────────────────────

/** Exported functions by name; the default export is the empty name. */
function exportedFunctions(file: ts.SourceFile): ReadonlyMap<string, ts.FunctionLikeDeclaration> {
  const found = new Map<string, ts.FunctionLikeDeclaration>();
  const local = new Map<string, ts.FunctionLikeDeclaration>();
  const isExported = (node: ts.HasModifiers) =>
    node.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) === true;
  const isDefault = (node: ts.HasModifiers) =>
    node.modifiers?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword) === true;
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement)) {
      const name = statement.name?.text ?? '';
      local.set(name, statement);
      if (isExported(statement)) found.set(isDefault(statement) ? '' : name, statement);
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        const fn = functionOf(declaration);
        if (fn === undefined || !ts.isIdentifier(declaration.name)) continue;
        local.set(declaration.name.text, fn);
        if (isExported(statement)) found.set(declaration.name.text, fn);
      }
    }
  }
  for (const statement of file.statements) readExports(statement, local, found);
  return found;
}

/** `export { a as b }`, `export default a`, `module.exports = { a }`, `exports.a = …`. */
function readExports(
  statement: ts.Statement,
  local: ReadonlyMap<string, ts.FunctionLikeDeclaration>,
  found: Map<string, ts.FunctionLikeDeclaration>,
): void {
  const add = (exported: string, name: string): void => {
    const fn = local.get(name);
    if (fn !== undefined) found.set(exported, fn);
  };
  if (
    ts.isExportDeclaration(statement) &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
  ) {
    for (const element of statement.exportClause.elements)
      add(element.name.text, (element.propertyName ?? element.name).text);
  } else if (ts.isExportAssignment(statement) && ts.isIdentifier(statement.expression)) {
    add('', statement.expression.text);
  } else if (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)) {
    const { left, right } = statement.expression;
    const target = left.getText();
    if (target === 'module.exports' && ts.isObjectLiteralExpression(right)) {
      for (const property of right.properties)
        if (ts.isShorthandPropertyAssignment(property)) add(property.name.text, property.name.text);
    } else if (target === 'module.exports' && ts.isIdentifier(right)) add('', right.text);
    else if (/^(?:module\.)?exports\.\w+$/.test(target) && ts.isIdentifier(right))
      add(target.slice(target.lastIndexOf('.') + 1), right.text);
  }
}

/** A function that starts a server which its caller has to close. */
function handsOut(fn: ts.FunctionLikeDeclaration, { start, uses }: Handle): boolean {
  if (!contains(fn, start.call)) return false;
  // A helper that registers its own clean-up hook closes what it starts.
  if (uses?.closes.some((close) => cleanupHook(close) !== undefined) === true) return false;
  // One that keeps the server elsewhere as well (a list, an owner) may close it there.
  if (uses?.escapes === true && uses !== unknownUses) return false;
  return uses === undefined ? isHandedOn(start.call) : uses.returned || isHandedOn(start.call);
}

function closesSomething(fn: ts.FunctionLikeDeclaration): boolean {
  return fn.body !== undefined && /\.(?:close|stop|shutdown|destroy|disconnect)\b/.test(fn.body.getText());
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end;
}

/** Whether loading the module opens the port: no condition and no function that nobody calls stands around the call. */
function runsOnImport(call: ts.Node, file: ts.SourceFile): boolean {
  for (let node = call; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent) || ts.isCaseClause(parent)) return false;
    if (ts.isBinaryExpression(parent) && parent.right === node && isLogical(parent.operatorToken.kind)) return false;
    if (ts.isClassLike(parent)) return false;
    if (ts.isFunctionDeclaration(node)) return node.name !== undefined && isCalledAtTopLevel(node.name.text, file);
    const isInline = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
    if (isInline && ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
      return isCalledAtTopLevel(parent.name.text, file);
    }
    if (isInline && !ts.isCallExpression(parent) && !ts.isParenthesizedExpression(parent)) return false;
  }
  return true;
}

function isLogical(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken;
}

/** `main();`, `void main();`, `main().catch(…);` as a statement of the module. */
function isCalledAtTopLevel(name: string, file: ts.SourceFile): boolean {
  return file.statements.some((statement) => {
    if (!ts.isExpressionStatement(statement)) return false;
    let node: ts.Node = statement.expression;
    while (
      ts.isVoidExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isPropertyAccessExpression(node) ||
      ts.isCallExpression(node)
    ) {
      node = node.expression;
    }
    return ts.isIdentifier(node) && node.text === name;
  });
}

function exportedVariable({ binding }: Handle): string | undefined {
  if (binding === undefined || typeof binding === 'string' || !ts.isVariableDeclaration(binding)) return undefined;
  return ts.isIdentifier(binding.name) ? binding.name.text : undefined;
}

// ── what a test does with other modules ──────────────────────────────────────────────────────────────────────────────

function importedUses(ctx: SourceFacetContext): Pick<ServerFacts, 'uses' | 'cleaned'> {
  const { file, header, lookup } = ctx;
  const uses: ImportedUse[] = [];
  const cleaned = new Set<string>();
  const relative = new Map(
    [...header.imports].filter(([, { module, typeOnly }]) => module.startsWith('.') && !typeOnly),
  );
  if (relative.size === 0) return { uses, cleaned: [] };
  const mocked = /\b(?:jest|vi)\.(?:mock|doMock)\(\s*['"]([^'"]+)/g;
  const mocks = new Set([...file.text.matchAll(mocked)].map((match) => match[1]));

  for (const statement of file.statements) {
    const module = importedModule(statement);
    if (module === undefined || mocks.has(module)) continue;
    uses.push({ at: ctx.at(statement), module, name: '*', held: '', closed: false });
  }
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && relative.has(node.text)) see(node);
    ts.forEachChild(node, visit);
  };
  const see = (node: ts.Identifier): void => {
    const imported = relative.get(node.text);
    if (imported === undefined || ts.isImportSpecifier(node.parent) || ts.isImportClause(node.parent)) return;
    const member =
      ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node ? node.parent : undefined;
    const closing = member !== undefined && /^(?:close|stop|shutdown|destroy)$/.test(member.name.text);
    const isArgument = ts.isCallExpression(node.parent) && node.parent.expression !== node;
    if (
      closing ||
      cleanupHook(node) !== undefined ||
      (isArgument && /^after|teardown/i.test(calleeName(node.parent) ?? ''))
    ) {
      cleaned.add(`${imported.module}#${imported.name}`);
    }
    const call = callOf(node, member);
    const name = member !== undefined && imported.name === '' ? member.name.text : imported.name;
    if (call === undefined || mocks.has(imported.module) || !STARTER_NAME.test(name || node.text)) return;
    const binding = bindingOf(call, lookup);
    const result = binding === undefined ? destructured(call, ctx) : usesOf(binding, file, header, lookup);
    const dropped = result === undefined && !isHandedOn(call);
    const closed =
      result === undefined
        ? !dropped
        : result.closes.length > 0 || result.escapes || result.returned || isUsing(binding);
    uses.push({ at: ctx.at(call), module: imported.module, name, held: nameOf(binding), closed });
  };
  visit(file);
  return { uses: uses.sort((a, b) => a.at - b.at), cleaned: [...cleaned].sort() };
}

function callOf(node: ts.Identifier, member: ts.PropertyAccessExpression | undefined): ts.CallExpression | undefined {
  const callee = member ?? node;
  return ts.isCallExpression(callee.parent) && callee.parent.expression === callee ? callee.parent : undefined;
}

/** `const { server, url } = await start()`: what is done with any of the names. */
function destructured(call: ts.CallExpression, ctx: SourceFacetContext): Uses | undefined {
  let { parent } = call;
  while (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent)) parent = parent.parent;
  if (!ts.isVariableDeclaration(parent)) {
    // `({ server, url } = await start())`: followed no further.
    return ts.isBinaryExpression(parent) ? unknownUses : undefined;
  }
  if (!ts.isObjectBindingPattern(parent.name)) return unknownUses;
  const names = parent.name.elements.map((element) => usesOf(element, ctx.file, ctx.header, ctx.lookup));
  const called = parent.name.elements.some(({ name, propertyName }) =>
    /^(?:close|stop|shutdown|teardown|cleanup|dispose|destroy)/i.test((propertyName ?? name).getText()),
  );
  return {
    closes: names.flatMap(({ closes }) => closes),
    escapes: called || names.some(({ escapes }) => escapes),
    returned: names.some(({ returned }) => returned),
  };
}

/** The relative module a top-level statement loads. */
function importedModule(statement: ts.Statement): string | undefined {
  if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
    const isType = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return !isType && statement.moduleSpecifier.text.startsWith('.') ? statement.moduleSpecifier.text : undefined;
  }
  if (!ts.isVariableStatement(statement) && !ts.isExpressionStatement(statement)) return undefined;
  return /^[^('"`]*require\(\s*['"](\.[^'"]*)['"]\s*\)/.exec(statement.getText())?.[1];
}
