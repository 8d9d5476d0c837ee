import { type FileHeader, ts, unwrap } from '#api';
import { isEnvironment } from '../../_shared/env/environment.ts';

/** Whether an expression is a variable of the environment, `import.meta.env` included, or a chain of such. */
export function mentionsVariable(expression: ts.Node, header: FileHeader): boolean {
  let node = unwrap(expression);
  for (let steps = 0; steps < 8; steps++) {
    if (ts.isBinaryExpression(node)) node = unwrap(node.right);
    else if (ts.isCallExpression(node)) node = unwrap(node.expression);
    else if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      if (isEnvironment(node.expression, header) || isImportMeta(node.expression)) return true;
      node = unwrap(node.expression);
    } else return ts.isIdentifier(node) && /^(?:env|config|environment)$/i.test(node.text);
  }
  return false;
}

function isImportMeta(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'env' && ts.isMetaProperty(node.expression);
}
