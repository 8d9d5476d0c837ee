import { ts, unwrap } from '#api';
import { isAnswerItself, isFromOutside, isHandedOver } from '../../_shared/browser/origins.ts';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { returnedBy } from '../../_shared/web/handlerFunctions.ts';
import { set } from '../../_shared/words.ts';
import type { HtmlSink } from './htmlSinks.ts';

/** A value that becomes a part of markup as it is. */
export interface OpenValue {
  readonly place: ts.Expression;
  /** Set when markup stands around it in the code. */
  readonly isInMarkup: boolean;
}

/** Last words of names that hold no text, or markup that was made on purpose. */
const NO_TEXT = set(
  'i j k n x y w h idx index count total num number width height size len length score points price cost amount sum percent percentage rate ratio year month day hour minute second seconds minutes hours ms time date timestamp page id ids uuid level age rank color colour class classname icon icons svg html htmls markup template content contents css style styles children rows row items cells options list body tag element el node lang locale version port status code hash nonce state mode type kind position duration distance temperature quantity qty stock rating label caption placeholder tooltip lat lng lon badge',
);

/** Words of names that say what was done to it. */
const TREATED =
  /safe|sanit|clean|escap|trusted|purif|highlight|encoded|rendered|compiled|minif|json|schema|script|svg|css|style/i;

/** Words of names that hold markup, where nobody says who wrote it. */
const MARKUP = set('html content contents body excerpt markup');

/** Words of names that hold what somebody wrote as text. */
const TEXT = set(
  'name username firstname lastname fullname title text message msg comment comments description desc query search subject author email bio error reason nickname nick address city note notes summary question answer feedback review',
);

const MAX_DEPTH = 6;

/** The values from outside that a sink reads as markup; empty where it cannot be told. */
export function openValues({ value, element }: HtmlSink, source: SourceView): readonly OpenValue[] {
  if (element !== undefined && isStyleOrScript(element, source)) return [];
  const found: OpenValue[] = [];
  const seen = new Set<ts.Node>();
  const visit = (expression: ts.Node, isInMarkup: boolean, depth: number): void => {
    const node = unwrap(expression);
    if (seen.has(node) || depth > MAX_DEPTH) return;
    seen.add(node);
    const inner = (at: ts.Node, markup = isInMarkup) => visit(at, markup, depth);
    if (ts.isTemplateExpression(node)) {
      const markup = isInMarkup || hasMarkup(node);
      for (const span of node.templateSpans) inner(span.expression, markup);
    } else if (ts.isConditionalExpression(node)) {
      inner(node.whenTrue);
      inner(node.whenFalse);
    } else if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.getText();
      const markup = isInMarkup || (operator === '+' && hasMarkup(node));
      if (/^(?:\+|\|\||\?\?)$/.test(operator)) inner(node.left, markup);
      if (/^(?:\+|\|\||\?\?|&&)$/.test(operator)) inner(node.right, markup);
    } else if (ts.isCallExpression(node)) {
      for (const part of joined(node)) visit(part, isInMarkup, depth + 1);
    } else if (ts.isIdentifier(node) || memberAccess(node) !== undefined) {
      const initial = ts.isIdentifier(node) ? assembled(node, source) : undefined;
      if (initial !== undefined) visit(initial, isInMarkup, depth + 1);
      else if (isOpen(node as ts.Expression, isInMarkup, source)) {
        found.push({ place: node as ts.Expression, isInMarkup });
      }
    }
  };
  visit(value, false, 0);
  return found;
}

function isOpen(node: ts.Expression, isInMarkup: boolean, source: SourceView): boolean {
  const text = node.getText();
  if (TREATED.test(text) || /(?:^|\.)[A-Z][A-Z0-9_]+$/.test(text)) return false;
  const member = memberAccess(node);
  const last = nameWords(member?.name ?? text).at(-1) ?? '';
  if (ts.isIdentifier(node)) return isOpenName(node, last, isInMarkup, source);
  // All there is may be anything but a text or markup; between tags it is one of them.
  // What another element shows was read as markup already.
  if (/^(?:inner|outer)HTML$/.test(member?.name ?? '')) return false;
  const isMeant = isInMarkup ? !NO_TEXT.has(last) : TEXT.has(last) || MARKUP.has(last);
  return isMeant && isFromOutside(node, source);
}

/** What a caller hands over by itself may be markup that was made for it; a name for text between tags says that it is none. */
function isOpenName(node: ts.Identifier, last: string, isInMarkup: boolean, source: SourceView): boolean {
  const isMeant = TEXT.has(last) && (isInMarkup || !isHandedOver(node, source));
  return isMeant ? isFromOutside(node, source) : isAnswerItself(node, source);
}

/** What a list is put together from: `items.map((item) => …).join('')`. */
function joined(call: ts.CallExpression): readonly ts.Node[] {
  const outer = memberCall(call);
  if (outer === undefined) return [];
  if (outer.name === 'join' || outer.name === 'trim') return [outer.receiver];
  const [callback] = call.arguments;
  if (!/^(?:map|flatMap)$/.test(outer.name) || callback === undefined || !isFunctionWithBody(callback)) return [];
  return returnedBy(callback);
}

/** A local that starts with markup of its own. */
function assembled(name: ts.Identifier, source: SourceView): ts.Expression | undefined {
  const initial = initialValue(name, source);
  if (initial === undefined) return undefined;
  const node = unwrap(initial);
  const isText = ts.isTemplateExpression(node) || (ts.isBinaryExpression(node) && hasMarkup(node));
  return isText || (ts.isCallExpression(node) && joined(node).length > 0) ? (node as ts.Expression) : undefined;
}

/** Whether constant parts of a text have a tag in them. */
function hasMarkup(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node)) return /<[a-z/!]/i.test(node.text);
  if (ts.isTemplateExpression(node)) {
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)].some(({ text }) => /<[a-z/!]/i.test(text));
  }
  if (ts.isParenthesizedExpression(node)) return hasMarkup(node.expression);
  return ts.isBinaryExpression(node) && (hasMarkup(node.left) || hasMarkup(node.right));
}

/** The text of `<style>` and `<script>` is no markup; templates are only held. */
function isStyleOrScript(element: ts.Expression, source: SourceView): boolean {
  const node = unwrap(element);
  const name = ts.isIdentifier(node) ? node.text : (memberAccess(node)?.name ?? '');
  if (/style|css|script/i.test(name)) return true;
  const made = ts.isIdentifier(node) ? initialValue(node, source) : undefined;
  if (made === undefined || !ts.isCallExpression(made)) return false;
  const [tag] = made.arguments;
  return tag !== undefined && ts.isStringLiteralLike(tag) && /^(?:style|script|textarea)$/i.test(tag.text);
}
