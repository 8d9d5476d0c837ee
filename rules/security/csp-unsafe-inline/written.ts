import { type Span, ts, unwrap } from '#api';
import { isSum } from '../../_shared/operators.ts';
import { UNKNOWN } from './policy.ts';

/** A text that is put together in the code, and where its characters are written. */
export interface WrittenText {
  readonly text: string;
  /** The place in the source of a stretch of the text; `undefined` when no single literal holds it. */
  placeOf(span: Span): Span | undefined;
}

/** From index `at` of the text on, characters stand at `start` in the source, for as many as `length`. */
interface Stretch {
  readonly at: number;
  readonly start: number;
  readonly length: number;
}

/**
 * The text that a literal is a part of: all of a template, of texts that are added up, and of a list that is joined with
 * semicolons.
 */
export function writtenAround(literal: ts.Node): WrittenText {
  const sum = sumAround(literal);
  const list = sum.parent;
  const source = literal.getSourceFile().text;
  const stretches: Stretch[] = [];
  let text = '';
  const put = (node: ts.Node): void => {
    const inner = unwrap(node);
    if (ts.isStringLiteralLike(inner)) putSource(inner.getStart() + 1, inner.end - 1);
    else if (ts.isTemplateExpression(inner)) {
      putSource(inner.head.getStart() + 1, inner.head.end - 2);
      for (const { expression, literal: after } of inner.templateSpans) {
        put(expression);
        putSource(after.getStart() + 1, after.end - (ts.isTemplateTail(after) ? 1 : 2));
      }
    } else if (isSum(inner)) {
      put(inner.left);
      put(inner.right);
    } else if (!addsHosts(inner)) text += UNKNOWN;
  };
  const putSource = (start: number, end: number): void => {
    stretches.push({ at: text.length, start, length: end - start });
    text += source.slice(start, end);
  };
  if (ts.isArrayLiteralExpression(list) && isJoined(list)) {
    for (const element of list.elements) {
      put(element);
      text += ';';
    }
  } else put(sum);
  return {
    text,
    placeOf: ({ start, end }) => {
      const holder = stretches.find(({ at, length }) => start >= at && end <= at + length);
      return holder && { start: holder.start + start - holder.at, end: holder.start + end - holder.at };
    },
  };
}

/** More than sources: further directives, or what makes browsers take no notice of `'unsafe-inline'`. */
const MORE = /;|'(?:nonce|sha\d+)-|strict-dynamic|-src/i;

/** A choice between written sources, `isDevelopment ? " 'unsafe-eval'" : ''`: what stands around it holds either way. */
function addsHosts(node: ts.Node): boolean {
  if (!ts.isConditionalExpression(node)) return false;
  return [node.whenTrue, node.whenFalse].every((branch) => {
    const text = unwrap(branch);
    return ts.isStringLiteralLike(text) && !MORE.test(text.text);
  });
}

/** The outermost `+` around a text. */
export function sumAround(literal: ts.Node): ts.Node {
  let node = literal;
  while (isSum(node.parent) || ts.isParenthesizedExpression(node.parent)) node = node.parent;
  return node;
}

/** A list of directives: joined where it stands, or held by a name for it. Headers hold lists of whole policies. */
function isJoined(list: ts.ArrayLiteralExpression): boolean {
  const access = list.parent;
  if (!ts.isPropertyAccessExpression(access)) return ts.isVariableDeclaration(access) && list.elements.length > 1;
  return access.name.text === 'join' || access.name.text === 'concat' || access.name.text === 'filter';
}
