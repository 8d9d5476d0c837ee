import { ts } from '#api';

/** The module that `require('./routes')` loads. */
export function requiredModule({ expression, arguments: [module] }: ts.CallExpression): string | undefined {
  if (!ts.isIdentifier(expression) || expression.text !== 'require' || module === undefined) return undefined;
  return ts.isStringLiteralLike(module) ? module.text : undefined;
}

/** The module that `require('./routes')` or `import('./routes')` loads. */
export function loadedModule(call: ts.CallExpression): string | undefined {
  if (call.expression.kind !== ts.SyntaxKind.ImportKeyword) return requiredModule(call);
  const [module] = call.arguments;
  return module !== undefined && ts.isStringLiteralLike(module) ? module.text : undefined;
}
