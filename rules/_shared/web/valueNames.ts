import { ts, unwrap } from '#api';

/** How a value is written. */
export interface Names {
  /** `req.query.url`, and every local that holds it. */
  readonly values: ReadonlySet<string>;
  /** What it is a part of, `req.query`: a look at it counts as a whole alone, not one at another part of it. */
  readonly holders: ReadonlySet<string>;
}

/** Whether an expression is a value by one of its names, or what the value is a part of. */
export function isName(node: ts.Node, names: Names): boolean {
  const isReference =
    ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  if (!isReference) return false;
  const text = node.getText();
  return names.values.has(text) || names.holders.has(text);
}

/** Whether a value occurs anywhere in an expression; what it is a part of counts as a whole alone. */
export function mentions(node: ts.Node, names: Names): boolean {
  if (isName(node, names)) return true;
  if (ts.isPropertyAccessExpression(node)) {
    return !names.holders.has(node.expression.getText()) && mentions(node.expression, names);
  }
  return ts.forEachChild(node, (child) => mentions(child, names) || undefined) === true;
}

/** Adds all names that a declaration binds. */
export function addNames(name: ts.BindingName, into: Set<string>): void {
  if (ts.isIdentifier(name)) into.add(name.text);
  else for (const element of name.elements) if (!ts.isOmittedExpression(element)) addNames(element.name, into);
}

/** Calls that give a part of a text or path, or the same in another shape. */
const VIEWS =
  /^(?:split|slice|substring|substr|trim|toLowerCase|toUpperCase|replace|replaceAll|normalize|relative|resolve|join|basename|dirname|extname|parse|realpath(?:Sync)?|lookup|toString|String|decodeURI(?:Component)?)$/;

/** `new URL(value)`, `path.relative(folder, value)`, `value.split('/')[0]`: whoever looks at that looks at the value. */
export function isView(initializer: ts.Node): boolean {
  let node = unwrap(initializer);
  while (ts.isAwaitExpression(node) || isAccess(node)) node = unwrap((node as ts.AwaitExpression).expression);
  if (ts.isNewExpression(node)) return node.expression.getText() === 'URL';
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  return VIEWS.test(ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText());
}

/** `a.b`, `a[b]`. */
export function isAccess(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}
