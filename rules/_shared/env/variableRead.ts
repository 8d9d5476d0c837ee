import { ts, unwrap } from '#api';
import { isFallback } from '../operators.ts';
import type { SourceView } from '../sourceView.ts';
import { isEnvironment } from './environment.ts';
import { namesStage } from './stages.ts';

/** How many constants, defaults and text operations are followed from a use to the environment. */
const MAX_DEPTH = 8;

/** Text operations that leave a flag's meaning alone. */
const TEXT_METHODS = new Set([
  'toLowerCase',
  'toUpperCase',
  'trim',
  'toString',
  'asBool',
  'asBoolStrict',
  'default',
  'required',
]);

/**
 * The variable of the environment that an expression reads, through `process.env`, `Bun.env`, `Deno.env.get`,
 * `import.meta.env`, an object named for the environment or parsed from it, or a configuration service that is asked by
 * the variable's name.
 */
export function variableRead(expression: ts.Node, source: SourceView, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const node = unwrap(expression);
  if (ts.isPropertyAccessExpression(node)) {
    return holdsEnvironment(node.expression, source) ? node.name.text : undefined;
  }
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    return ts.isStringLiteralLike(key) && holdsEnvironment(node.expression, source) ? key.text : undefined;
  }
  if (ts.isIdentifier(node)) return destructured(node, source, depth);
  if (ts.isBinaryExpression(node)) {
    // process.env.X ?? 'false', 'X' in process.env
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.InKeyword) {
      return ts.isStringLiteral(node.left) && holdsEnvironment(node.right, source) ? node.left.text : undefined;
    }
    return isFallback(operator) && ts.isLiteralExpression(node.right)
      ? variableRead(node.left, source, depth + 1)
      : undefined;
  }
  return ts.isCallExpression(node) ? variableAsked(node, source, depth) : undefined;
}

/** `Deno.env.get('X')`, `config.get('X')`, `getEnv('X')`; text methods on what was read. */
function variableAsked(call: ts.CallExpression, source: SourceView, depth: number): string | undefined {
  const callee = unwrap(call.expression);
  const [first] = call.arguments;
  if (ts.isPropertyAccessExpression(callee) && TEXT_METHODS.has(callee.name.text)) {
    return variableRead(callee.expression, source, depth + 1);
  }
  if (first === undefined || !ts.isStringLiteralLike(first) || !/^[A-Z][A-Z0-9_]*$/.test(first.text)) return undefined;
  return /env|config/i.test(callee.getText()) ? first.text : undefined;
}

/** `const { X } = process.env`, `import { X } from '$env/static/private'`, and the same from an `env` module. */
function destructured(identifier: ts.Identifier, source: SourceView, depth: number): string | undefined {
  const imported = source.header.imports.get(identifier.text);
  const declaration = source.lookup(identifier);
  if (declaration !== undefined && ts.isVariableDeclaration(declaration)) return kept(declaration, source, depth);
  if (imported !== undefined && declaration !== undefined && ts.isImportSpecifier(declaration)) {
    const isFromEnvironment =
      namesStage(imported.name) || /(?:^|[/$.])(?:env|config|settings)\b/i.test(imported.module);
    return isFromEnvironment && /^[A-Z][A-Z0-9_]*$/.test(imported.name) ? imported.name : undefined;
  }
  if (declaration === undefined || !ts.isBindingElement(declaration)) return undefined;
  const pattern = declaration.parent;
  const variable = pattern.parent;
  if (
    !ts.isObjectBindingPattern(pattern) ||
    !ts.isVariableDeclaration(variable) ||
    variable.initializer === undefined
  ) {
    return undefined;
  }
  const key = declaration.propertyName ?? declaration.name;
  return ts.isIdentifier(key) && holdsEnvironment(variable.initializer, source) ? key.text : undefined;
}

/** `const stage = process.env.NODE_ENV` */
function kept({ initializer }: ts.VariableDeclaration, source: SourceView, depth: number): string | undefined {
  const isPlain = initializer !== undefined && !ts.isIdentifier(initializer) && !isComparison(initializer);
  return isPlain ? variableRead(initializer, source, depth + 1) : undefined;
}

function isComparison(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword;
}

function holdsEnvironment(expression: ts.Node, source: SourceView): boolean {
  const node = unwrap(expression);
  if (isEnvironment(node, source.header)) return true;
  if (ts.isPropertyAccessExpression(node)) {
    // import.meta.env, c.env of Workers, config.env.X
    return node.name.text === 'env' && (ts.isMetaProperty(node.expression) || isRequestContext(node.expression));
  }
  if (!ts.isIdentifier(node)) return false;
  const declaration = source.lookup(node);
  if (declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
    return parsesEnvironment(declaration.initializer, source);
  }
  return /^(?:[a-z]+E|e)nv$/.test(node.text) && isGiven(declaration);
}

/** Handed in or imported: what is behind it cannot be seen, its name says what it is. */
function isGiven(declaration: ts.Declaration | undefined): boolean {
  return (
    declaration === undefined ||
    ts.isImportSpecifier(declaration) ||
    ts.isImportClause(declaration) ||
    ts.isParameter(declaration)
  );
}

function isRequestContext(node: ts.Node): boolean {
  return ts.isIdentifier(node) && /^(?:c|ctx|context)$/.test(node.text);
}

/** `process.env` itself, or a call that takes it: `schema.parse(process.env)`, `cleanEnv(process.env, …)`. */
function parsesEnvironment(expression: ts.Node, source: SourceView): boolean {
  const node = unwrap(expression);
  if (isEnvironment(node, source.header)) return true;
  return ts.isCallExpression(node) && node.arguments.some((argument) => isEnvironment(argument, source.header));
}
