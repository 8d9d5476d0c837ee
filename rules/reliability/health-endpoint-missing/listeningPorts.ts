import { ts, unwrap } from '#api';

/** Where a program listens; empty where it cannot be told. */
export interface ListeningPort {
  /** The variable of the environment that says it first. */
  readonly variable?: string;
  readonly value?: number;
}

/** The variable of the environment that an expression reads. */
type ReadVariable = (node: ts.Node) => string | undefined;

/** Where a call listens: `app.listen(3000)`, `serve({ fetch, port })`. */
export function portOf({ arguments: [first] }: ts.CallExpression, read: ReadVariable): ListeningPort {
  const given = first && unwrap(first);
  if (given === undefined) return {};
  if (!ts.isObjectLiteralExpression(given)) return portIn(given, read);
  for (const property of given.properties) {
    if (ts.isShorthandPropertyAssignment(property) && property.name.text === 'port') return portIn(property.name, read);
    const isPort = ts.isPropertyAssignment(property) && property.name.getText() === 'port';
    if (isPort) return portIn(property.initializer, read);
  }
  return {};
}

/** Constants of constants end here. */
const MAX_STEPS = 5;

function portIn(expression: ts.Node, read: ReadVariable, steps = 0): ListeningPort {
  const node = unwrap(expression);
  if (steps > MAX_STEPS) return {};
  if (ts.isNumericLiteral(node) || ts.isStringLiteral(node)) {
    const value = Number(node.text);
    return Number.isInteger(value) && value > 0 && value < 65536 ? { value } : {};
  }
  if (ts.isBinaryExpression(node) && /^(?:\|\||\?\?)$/.test(node.operatorToken.getText())) {
    const first = portIn(node.left, read, steps + 1);
    const second = portIn(node.right, read, steps + 1);
    if (first.variable === undefined || first.value !== undefined || second.variable !== undefined) return {};
    return { ...first, ...second };
  }
  if (ts.isPrefixUnaryExpression(node)) return portIn(node.operand, read, steps + 1);
  if (ts.isCallExpression(node) && /^(?:Number\.)?parseInt$|^Number$/.test(node.expression.getText())) {
    const [of] = node.arguments;
    return of === undefined ? {} : portIn(of, read, steps + 1);
  }
  const variable = read(node);
  if (variable !== undefined) return { variable };
  const initializer = ts.isIdentifier(node) ? initialValue(node) : undefined;
  return initializer === undefined ? {} : portIn(initializer, read, steps + 1);
}

/** What a constant of the same file holds. */
function initialValue(name: ts.Identifier): ts.Expression | undefined {
  for (let around: ts.Node = name.parent; around !== undefined; around = around.parent) {
    if (!ts.isBlock(around) && !ts.isSourceFile(around)) continue;
    for (const statement of around.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const { flags, declarations } = statement.declarationList;
      const own = declarations.find((one) => ts.isIdentifier(one.name) && one.name.text === name.text);
      if (own !== undefined) return (flags & ts.NodeFlags.Const) === 0 ? undefined : own.initializer;
    }
  }
  return undefined;
}

/** What takes numbers that are no ports. */
const COUNTS =
  /time|interval|sleep|delay|wait|debounce|throttle|random|limit|status|max|min|expire|ttl|size|code|retr/i;

/** A number of the code that may be a port on which something else listens; `undefined` where its place tells otherwise. */
export function otherPortIn(node: ts.NumericLiteral): number | undefined {
  const { parent } = node;
  const value = Number(node.text);
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return COUNTS.test(parent.expression.getText()) ? undefined : value;
  if (ts.isBinaryExpression(parent)) return /^(?:\|\||\?\?)$/.test(parent.operatorToken.getText()) ? value : undefined;
  const isNamed =
    ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent);
  return isNamed && /port/i.test(parent.name.getText()) ? value : undefined;
}
