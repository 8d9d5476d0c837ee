import { type FileHeader, ts } from '#api';
import { calleeName } from './hooks.ts';
import { functionOf, type Lookup } from './origins.ts';

/** What becomes of a server after it was started. */
export interface Uses {
  /** Calls that close it. */
  readonly closes: readonly ts.CallExpression[];
  /** Handed to something that may close it: nothing can be said. */
  readonly escapes: boolean;
  /** Returned from the function that starts it. */
  readonly returned: boolean;
}

const CLOSING =
  /^(?:close|stop|shutdown|shutDown|destroy|kill|terminate|end|dispose|teardown|tearDown|cleanup|unref|disconnect)$/;
/** Functions that only look at a server or talk to it. */
const ONLY_LOOKS =
  /^(?:request|supertest|agent|get|post|put|patch|delete|fetch|inject|expect|assert|ok|equal|strictEqual|deepEqual|log|info|debug|warn|error|String|Boolean|once|on|connect|client|io|ioc|Client|superwstest|wsrequest|isListening)$|address|port|url|listening|^get[A-Z]|^is[A-Z]|^wait[A-Z]/i;
/** Constructors that attach to a server; closing the attached one closes it as well. */
const ATTACHES = new Set(['socket.io#Server', 'socket.io']);

/** Follows a variable or `this.x` through its file. */
export function usesOf(
  target: ts.Declaration | string,
  file: ts.SourceFile,
  header: FileHeader,
  lookup: Lookup,
  depth = 0,
): Uses {
  const closes: ts.CallExpression[] = [];
  let escapes = false;
  let returned = false;
  const isTarget = (node: ts.Node): boolean =>
    typeof target === 'string'
      ? ts.isPropertyAccessExpression(node) && node.getText() === target
      : ts.isIdentifier(node) && isNamed(target, node) && lookup(node) === target;

  const visit = (node: ts.Node): void => {
    if (isTarget(node)) {
      judge(node);
      return;
    }
    ts.forEachChild(node, visit);
  };

  const judge = (node: ts.Node): void => {
    let inner = node;
    let { parent } = node;
    while (isWrapper(parent)) {
      inner = parent;
      parent = parent.parent;
    }
    if (typeof target !== 'string' && (parent === target || inner === (target as ts.NamedDeclaration).name)) return;
    if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
      const name = ts.isPropertyAccessExpression(parent) ? parent.name.text : parent.argumentExpression.getText();
      if (!CLOSING.test(name) && !/asyncDispose|dispose/.test(name)) return;
      if (ts.isCallExpression(parent.parent) && parent.parent.expression === parent) closes.push(parent.parent);
      else escapes = true;
      return;
    }
    if (ts.isBinaryExpression(parent)) {
      const assigned = parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      // `other = server` makes an alias, `server = …` is a start.
      if (assigned && parent.right === inner) escapes = true;
      return;
    }
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === inner)) {
      returned = true;
      return;
    }
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      if (parent.expression !== inner) argument(parent, inner);
      return;
    }
    if (ts.isShorthandPropertyAssignment(parent) || (ts.isPropertyAssignment(parent) && parent.initializer === inner)) {
      property(parent.parent);
      return;
    }
    if (ts.isVariableDeclaration(parent) || ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent))
      escapes = true;
    else if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) escapes = true;
  };

  /** `{ server }`: an option of a constructor that attaches, or out of sight. */
  const property = (object: ts.Node): void => {
    const owner = object.parent;
    if (ts.isReturnStatement(owner) || ts.isParenthesizedExpression(owner)) returned = true;
    else if (ts.isNewExpression(owner)) attach(owner);
    else escapes = true;
  };

  const attach = (made: ts.CallExpression | ts.NewExpression): boolean => {
    const reference = header.resolve(made.expression);
    if (reference === undefined || !ATTACHES.has(reference)) return reference?.startsWith('ws') === true;
    const holder = bindingOf(made, lookup);
    if (holder === undefined || depth > 3) return true;
    const other = usesOf(holder, file, header, lookup, depth + 1);
    closes.push(...other.closes);
    escapes ||= other.escapes;
    returned ||= other.returned;
    return true;
  };

  const argument = (call: ts.CallExpression | ts.NewExpression, inner: ts.Node): void => {
    if (attach(call)) return;
    const name = calleeName(call);
    if (name === undefined) {
      // `promisify(server.close)` and the like are seen as member uses; anything else is out of sight.
      escapes = true;
      return;
    }
    const declaration = ts.isIdentifier(call.expression) ? lookup(call.expression) : undefined;
    const fn = functionOf(declaration);
    const index = call.arguments?.indexOf(inner as ts.Expression) ?? -1;
    const parameter = fn?.parameters[index];
    if (fn !== undefined && parameter !== undefined && ts.isIdentifier(parameter.name) && depth < 3) {
      const inside = usesOf(parameter, file, header, lookup, depth + 1);
      if (inside.closes.length > 0) escapes = true;
      escapes ||= inside.escapes;
      return;
    }
    if (!ONLY_LOOKS.test(name)) escapes = true;
  };

  visit(file);
  return { closes, escapes, returned };
}

function isNamed(declaration: ts.Declaration, identifier: ts.Identifier): boolean {
  const { name } = declaration as ts.NamedDeclaration;
  return name === undefined || !ts.isIdentifier(name) || name.text === identifier.text;
}

function isWrapper(node: ts.Node): boolean {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node)
  );
}

/** The variable that holds the value of an expression: declared with it or assigned it. */
export function bindingOf(expression: ts.Node, lookup: Lookup): ts.Declaration | string | undefined {
  let inner = expression;
  let { parent } = expression;
  while (isWrapper(parent)) {
    inner = parent;
    parent = parent.parent;
  }
  if (ts.isVariableDeclaration(parent) && parent.initializer === inner) return parent;
  if (
    ts.isBinaryExpression(parent) &&
    parent.right === inner &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  ) {
    return holderBinding(parent.left, lookup);
  }
  return undefined;
}

/** The variable or `this.x` an expression names. */
export function holderBinding(node: ts.Node, lookup: Lookup): ts.Declaration | string | undefined {
  if (ts.isIdentifier(node)) return lookup(node);
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  return node.expression.kind === ts.SyntaxKind.ThisKeyword ? node.getText() : undefined;
}
