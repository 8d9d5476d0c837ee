import { type FileHeader, ts, unwrap } from '#api';
import { propertyKey } from '../../_shared/calls.ts';

/** A place that reads a text as markup. */
export interface HtmlSink {
  /** How it is called in code: `innerHTML`, `document.write`. */
  readonly name: string;
  readonly value: ts.Expression;
  /** What is changed, for assignments and calls on an element. */
  readonly element: ts.Expression | undefined;
}

/** Methods that read an argument as markup, by its index. */
export const METHODS: ReadonlyMap<string, number> = new Map([
  ['insertAdjacentHTML', 1],
  ['createContextualFragment', 0],
  ['setHTMLUnsafe', 0],
  ['write', 0],
  ['writeln', 0],
]);

/** `element.innerHTML = …` and `+=`. */
export function assignedMarkup(node: ts.BinaryExpression): HtmlSink | undefined {
  const { kind } = node.operatorToken;
  if (kind !== ts.SyntaxKind.EqualsToken && kind !== ts.SyntaxKind.PlusEqualsToken) return undefined;
  const { left } = node;
  if (!ts.isPropertyAccessExpression(left) || !/^(?:inner|outer)HTML$/.test(left.name.text)) return undefined;
  return mayVary({ name: left.name.text, value: node.right, element: left.expression });
}

/** `element.insertAdjacentHTML(…)` and `document.write(…)`. */
export function writtenMarkup(node: ts.CallExpression, header: FileHeader): HtmlSink | undefined {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const name = callee.name.text;
  const value = node.arguments[METHODS.get(name) ?? -1];
  if (value === undefined) return undefined;
  if (!name.startsWith('write')) return mayVary({ name, value, element: callee.expression });
  // Streams write as well; documents are called so, in frames and windows too.
  const receiver = unwrap(callee.expression);
  const isDocument =
    header.resolve(receiver) === 'global#document' ||
    (ts.isPropertyAccessExpression(receiver) && /^(?:document|contentDocument)$/.test(receiver.name.text));
  return isDocument ? mayVary({ name: `document.${name}`, value, element: undefined }) : undefined;
}

/** `dangerouslySetInnerHTML={{ __html: … }}`, and the same object elsewhere. */
export function reactMarkup(node: ts.PropertyAssignment): HtmlSink | undefined {
  if (node.name.kind !== ts.SyntaxKind.Identifier || propertyKey(node.name) !== '__html') return undefined;
  return mayVary({ name: 'dangerouslySetInnerHTML', value: node.initializer, element: undefined });
}

function mayVary(sink: HtmlSink): HtmlSink | undefined {
  return ts.isStringLiteralLike(unwrap(sink.value)) ? undefined : sink;
}
