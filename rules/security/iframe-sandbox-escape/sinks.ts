import { ts, unwrap } from '#api';

/** How a call or assignment changes the tokens of one frame. `set` replaces all of them. */
export type Change = 'set' | 'add' | 'remove' | 'replace';

/** A place in code where a frame gets its sandbox. */
export type Sink =
  /** An attribute, option or default whose value is the whole sandbox. */
  | { readonly kind: 'value'; readonly at: ts.Node; readonly value: ts.Node }
  | {
      readonly kind: 'change';
      readonly at: ts.Expression;
      /** The frame, or, when `bare`, its token list under a local name. */
      readonly frame: ts.Expression;
      readonly bare: boolean;
      readonly change: Change;
      readonly values: readonly ts.Node[];
    }
  /** What a frame shows, or an image: of whom the sandbox is decides. */
  | { readonly kind: 'source'; readonly at: ts.Node; readonly frame: ts.Expression; readonly value: ts.Node }
  /** A string or template with an iframe's tag in it. */
  | { readonly kind: 'markup'; readonly literal: ts.Node };

/** Names under which options and props carry a frame's sandbox. */
export const sandboxName = /^(i?frame)?sandbox(attributes?|attrs?|flags?|tokens?|permissions?|value)?$/i;

const listChanges: Readonly<Record<string, Change>> = { add: 'add', remove: 'remove', replace: 'replace' };

function nameOf(name: ts.Node | undefined): string {
  return name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : '';
}

/** `frame` of `frame.sandbox`. */
export function frameOf(expression: ts.Node): ts.Expression | undefined {
  const node = unwrap(expression);
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'sandbox' ? node.expression : undefined;
  if (!ts.isElementAccessExpression(node)) return undefined;
  return nameOf(node.argumentExpression) === 'sandbox' ? node.expression : undefined;
}

function assignment(node: ts.BinaryExpression): Sink | undefined {
  const operator = node.operatorToken.kind;
  const adds = operator === ts.SyntaxKind.PlusEqualsToken;
  if (!adds && operator !== ts.SyntaxKind.EqualsToken) return undefined;
  const left = unwrap(node.left);
  if (!adds && ts.isPropertyAccessExpression(left) && left.name.text === 'src') {
    return { kind: 'source', at: node, frame: left.expression, value: node.right };
  }
  const ofValue =
    ts.isPropertyAccessExpression(left) && left.name.text === 'value' ? frameOf(left.expression) : undefined;
  const frame = frameOf(left) ?? ofValue;
  if (!frame) return undefined;
  return { kind: 'change', at: node, frame, bare: false, change: adds ? 'add' : 'set', values: [node.right] };
}

/** `toggle(token, true)` adds, `toggle(token, false)` removes; without a constant nobody knows. */
function toggled(call: ts.CallExpression): Change | undefined {
  const kind = call.arguments[1]?.kind;
  if (kind === ts.SyntaxKind.TrueKeyword) return 'add';
  return kind === ts.SyntaxKind.FalseKeyword ? 'remove' : undefined;
}

function mentionsTokens(call: ts.CallExpression): boolean {
  return call.arguments.some((argument) =>
    ts.isStringLiteralLike(argument) ? argument.text.startsWith('allow-') : ts.isSpreadElement(argument),
  );
}

function callSink(call: ts.CallExpression): Sink | undefined {
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const method = callee.name.text;
  const [first, second] = call.arguments;
  if (method === 'setAttribute' || method === 'attr' || method === 'prop') {
    if (nameOf(first) === 'src' && second) return { kind: 'source', at: call, frame: callee.expression, value: second };
    if (nameOf(first) !== 'sandbox' || !second) return undefined;
    return { kind: 'change', at: call, frame: callee.expression, bare: false, change: 'set', values: [second] };
  }
  if (method === 'removeAttribute' || method === 'removeAttr') {
    if (nameOf(first) !== 'sandbox') return undefined;
    return { kind: 'change', at: call, frame: callee.expression, bare: false, change: 'set', values: [] };
  }
  const change =
    method === 'toggle' ? toggled(call) : Object.hasOwn(listChanges, method) ? listChanges[method] : undefined;
  if (!change) return undefined;
  const values = method === 'toggle' ? call.arguments.slice(0, 1) : call.arguments;
  const frame = frameOf(callee.expression);
  if (frame) return { kind: 'change', at: call, frame, bare: false, change, values };
  const list = unwrap(callee.expression);
  if (!ts.isIdentifier(list) || !mentionsTokens(call)) return undefined;
  return { kind: 'change', at: call, frame: list, bare: true, change, values };
}

function holdsFrame(text: string): boolean {
  return /<iframe\b/i.test(text);
}

/** What a node says about some frame's sandbox, decided from the node alone. */
export function sinkOf(node: ts.Node): Sink | undefined {
  switch (node.kind) {
    case ts.SyntaxKind.CallExpression:
      return callSink(node as ts.CallExpression);
    case ts.SyntaxKind.BinaryExpression:
      return assignment(node as ts.BinaryExpression);
    case ts.SyntaxKind.JsxAttribute: {
      const { name, initializer } = node as ts.JsxAttribute;
      return initializer && nameOf(name) === 'sandbox' ? { kind: 'value', at: node, value: initializer } : undefined;
    }
    case ts.SyntaxKind.PropertyAssignment:
    case ts.SyntaxKind.PropertyDeclaration:
    case ts.SyntaxKind.Parameter:
    case ts.SyntaxKind.BindingElement: {
      const { name, initializer } = node as ts.PropertyAssignment | ts.ParameterDeclaration;
      return initializer && sandboxName.test(nameOf(name))
        ? { kind: 'value', at: node, value: initializer }
        : undefined;
    }
    case ts.SyntaxKind.ShorthandPropertyAssignment: {
      const { name } = node as ts.ShorthandPropertyAssignment;
      return sandboxName.test(name.text) ? { kind: 'value', at: node, value: name } : undefined;
    }
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      return holdsFrame((node as ts.StringLiteralLike).text) ? { kind: 'markup', literal: node } : undefined;
    case ts.SyntaxKind.TemplateExpression: {
      const { head, templateSpans } = node as ts.TemplateExpression;
      const texts = [head.text, ...templateSpans.map((span) => span.literal.text)];
      return texts.some(holdsFrame) ? { kind: 'markup', literal: node } : undefined;
    }
    default:
      return undefined;
  }
}
