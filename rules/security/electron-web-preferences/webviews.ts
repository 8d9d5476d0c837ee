import { type HtmlDocument, type Span, ts } from '#api';
import { elementsOf } from '../../_shared/browser/elements.ts';
import { constant } from '../../_shared/calls.ts';
import { textOfName } from './preferences.ts';
import { ATTRIBUTES, SWITCHES } from './switches.ts';

/** A setting in a `<webview>`: a whole attribute, or `name=value` inside `webpreferences`. */
export interface WebviewSetting {
  readonly at: Span;
  readonly name: string;
}

const TRUE = /^(?:yes|1|true)$/i;
const FALSE = /^(?:no|0|false)$/i;

/** Unsafe ones of `contextIsolation=no, sandbox=yes`; `offset` is where the text begins. */
function unsafeWords(text: string, offset: number): readonly WebviewSetting[] {
  return [...text.matchAll(/(\w+)\s*=\s*(\w+)/g)].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    const { unsafe } = SWITCHES.get(name) ?? {};
    if (unsafe === undefined || !(unsafe ? TRUE : FALSE).test(value)) return [];
    const start = offset + match.index;
    return [{ at: { start, end: start + whole.length }, name }];
  });
}

export function isWebview({ tagName }: ts.JsxOpeningElement | ts.JsxSelfClosingElement): boolean {
  return ts.isIdentifier(tagName) && tagName.text === 'webview';
}

/** Unsafe attributes of a `<webview>` in JSX. */
export function unsafeInJsx(element: ts.JsxOpeningElement | ts.JsxSelfClosingElement): readonly WebviewSetting[] {
  return element.attributes.properties.flatMap((attribute) => {
    if (!ts.isJsxAttribute(attribute)) return [];
    const key = textOfName(attribute.name).toLowerCase();
    const { initializer } = attribute;
    const value = initializer !== undefined && ts.isJsxExpression(initializer) ? initializer.expression : initializer;
    if (key === 'webpreferences') {
      return value !== undefined && ts.isStringLiteralLike(value) ? unsafeWords(value.text, value.getStart() + 1) : [];
    }
    const name = ATTRIBUTES.get(key);
    if (name === undefined) return [];
    const isSet =
      value === undefined || constant(value)?.value === true || (ts.isStringLiteral(value) && value.text !== 'false');
    return isSet ? [{ at: { start: attribute.getStart(), end: attribute.end }, name }] : [];
  });
}

/** Unsafe attributes of all `<webview>` in a page; there an attribute counts whatever its value is. */
export function unsafeInPage(document: HtmlDocument): readonly WebviewSetting[] {
  return elementsOf(document, 'webview').flatMap(({ attributes }) =>
    attributes.flatMap(({ name: key, value, valueSpan, span }) => {
      if (key === 'webpreferences') return valueSpan === undefined ? [] : unsafeWords(value, valueSpan.start);
      const name = ATTRIBUTES.get(key);
      return name === undefined ? [] : [{ at: span, name }];
    }),
  );
}
