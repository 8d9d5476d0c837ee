import { type FileHeader, type FunctionNode, ts } from '#api';

/** What takes values of any type and asks nothing of them. */
const TAKERS = /^(?:JSON\.stringify|String|Boolean|structuredClone|console\.\w+)$/;

/** Frameworks that call methods by their decorators. */
const CALLERS = /^(?:@nestjs\/|routing-controllers$|type-graphql$|tsoa$|@tsed\/)/;

/** Whether all that a function does with a parameter is to write it out: a type would not make that any safer. */
export function isWrittenOut(fn: FunctionNode, name: string): boolean {
  let uses = 0;
  const isOther = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && node.text === name) {
      const { parent } = node;
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const isGiven = ts.isCallExpression(parent) && parent.arguments.some((one) => one === node);
      if (isMember) return false;
      if (!isGiven || !TAKERS.test(parent.expression.getText())) return true;
      uses++;
    }
    return ts.forEachChild(node, (child) => (isOther(child) ? true : undefined)) === true;
  };
  return fn.body !== undefined && !isOther(fn.body) && uses > 0;
}

/** Whether a framework calls the method, so that nobody hands on what it returns. */
export function isCalledByFramework(method: ts.MethodDeclaration, header: FileHeader): boolean {
  return (ts.getDecorators(method) ?? []).some(({ expression }) => {
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    return ts.isIdentifier(callee) && CALLERS.test(header.imports.get(callee.text)?.module ?? '');
  });
}
