import { type FixSource, ts } from '#api';

/** A statement that makes an application or a server listen. */
export interface Listening {
  readonly statement: ts.Statement;
  /** What listens, as written. */
  readonly receiver: string;
  /** It is no server yet: listening gives one. */
  readonly isApp: boolean;
  /** Variable that holds the server already. */
  readonly holder: string | undefined;
}

/** Statements of a file that listen, in functions as well: `app.listen(3000);`, `const server = await app.listen(…);`. */
export function listeningIn(source: FixSource): readonly Listening[] {
  const found: Listening[] = [];
  const visit = (node: ts.Node): void => {
    const listening = ts.isExpressionStatement(node)
      ? listener(node, node.expression, undefined, source)
      : ts.isVariableStatement(node)
        ? declared(node, source)
        : undefined;
    if (listening !== undefined) found.push(listening);
    else ts.forEachChild(node, visit);
  };
  visit(source.file);
  return found;
}

function declared(statement: ts.VariableStatement, source: FixSource): Listening | undefined {
  const [declaration, ...others] = statement.declarationList.declarations;
  if (declaration?.initializer === undefined || others.length > 0 || !ts.isIdentifier(declaration.name))
    return undefined;
  return listener(statement, declaration.initializer, declaration.name.text, source);
}

function listener(
  statement: ts.Statement,
  expression: ts.Expression,
  holder: string | undefined,
  { lookup }: FixSource,
): Listening | undefined {
  const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  if (call.expression.name.text !== 'listen') return undefined;
  const receiver = call.expression.expression;
  const declaration = ts.isIdentifier(receiver) ? lookup(receiver) : undefined;
  const made = declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const isServer =
    made !== undefined && ts.isCallExpression(made) && /(?:^|\.)createServer$/.test(made.expression.getText());
  return { statement, receiver: receiver.getText(), isApp: !isServer, holder };
}
