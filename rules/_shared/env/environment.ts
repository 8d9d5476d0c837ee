import { type FileHeader, ts, unwrap } from '#api';

/** References to the environment object itself. */
const ENVIRONMENT = new Set(['global#process.env', 'global#Bun.env']);

/** Whether an expression is the environment itself: `process.env`, `Bun.env`, under whatever name. */
export function isEnvironment(node: ts.Node, header: FileHeader): boolean {
  // Most that is asked about is a member of something else.
  if (ts.isPropertyAccessExpression(node) && node.name.text !== 'env') return false;
  const reference = header.resolve(node);
  return reference !== undefined && ENVIRONMENT.has(reference);
}

/** The same for collectors, whose header follows imports but no locals: cheaper where nearly everything is something else. */
export function isEnvironmentHere(expression: ts.Node, header: FileHeader): boolean {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return header.imports.has(node.text) && isEnvironment(node, header);
  return (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && isEnvironment(node, header);
}

/** `process.env.X`, whatever stands around it. */
function isSingleRead(argument: ts.Node, header: FileHeader): boolean {
  const node = unwrap(argument);
  return ts.isPropertyAccessExpression(node) && isEnvironment(node.expression, header);
}

/** All variables at once: the environment itself, a copy of it, or what a call makes of it. */
export function isWholeEnvironment(argument: ts.Node, header: FileHeader): boolean {
  const node = unwrap(argument);
  if (isEnvironment(node, header)) return true;
  if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) return isWholeEnvironment(node.expression, header);
  if (ts.isObjectLiteralExpression(node)) return node.properties.some((item) => isWholeEnvironment(item, header));
  if (ts.isCallExpression(node)) return node.arguments.some((inner) => isWholeEnvironment(inner, header));
  return false;
}

/** The environment itself, a spread of it, or an object made of its variables. */
export function mentionsEnvironment(argument: ts.Node, header: FileHeader): boolean {
  const node = unwrap(argument);
  if (isEnvironment(node, header) || isSingleRead(node, header)) return true;
  if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) return mentionsEnvironment(node.expression, header);
  if (ts.isPropertyAssignment(node)) return mentionsEnvironment(node.initializer, header);
  if (ts.isObjectLiteralExpression(node)) return node.properties.some((item) => mentionsEnvironment(item, header));
  if (ts.isCallExpression(node)) return node.arguments.some((inner) => mentionsEnvironment(inner, header));
  return false;
}

/**
 * `new Config(argv, process.env)`: the environment goes to code of the project or of a package that may well check it.
 * Functions of the language do not, and those that fill it do not either.
 */
export function isHandedOn(call: ts.CallExpression | ts.NewExpression, header: FileHeader): boolean {
  const handed = call.arguments?.some((argument) => isEnvironmentHere(argument, header)) === true;
  if (!handed) return false;
  const reference = header.resolve(call.expression);
  return reference === undefined || !/^(?:global#|dotenv|child_process#|util#)/.test(reference);
}
