import { ts, unwrap } from '#api';
import type { Lookup } from '../../_shared/sourceView.ts';
import { leadingText } from './tokens.ts';

/** Names of this machine and of local networks: pages of one's own, whatever the port says. */
const localHost = /^(localhost|.*\.localhost|.*\.local|127\..*|0\.0\.0\.0)$/i;

/**
 * The host that an absolute URL names, `undefined` for relative URLs, local hosts and everything else.
 * @param whole whether the text is the whole URL or only its constant beginning
 */
export function hostOf(url: string, whole: boolean): string | undefined {
  const match = /^\s*(?:https?:)?\/\/([\w.-]+)(?::\d+)?(?=([/?#])|\s*$)/i.exec(url);
  const [, host, end] = match ?? [];
  if (host === undefined || (end === undefined && !whole) || localHost.test(host)) return undefined;
  return host.toLowerCase();
}

/** Whether a URL begins as one of `data:`, whose page has an origin of its own in any frame. */
export function isDataUrl(url: string): boolean {
  return /^\s*data:/i.test(url);
}

/**
 * Whether an expression is a `data:` URL, or is named for holding a page where a URL is asked for, which only a `data:` URL
 * can. A page in a `blob:` URL is one's own again.
 */
export function mayBeData(value: ts.Node, lookup: Lookup): boolean {
  const leading = leadingText(value, lookup);
  const isUnknown = leading === undefined || (leading.text === '' && !leading.whole);
  return isUnknown ? holdsPage(value) : isDataUrl(leading.text);
}

function holdsPage(value: ts.Node): boolean {
  const given = ts.isJsxExpression(value) ? value.expression : value;
  const node = given && unwrap(given);
  if (node === undefined) return false;
  if (ts.isTemplateExpression(node)) {
    const [only, ...more] = node.templateSpans;
    const isWhole = node.head.text === '' && more.length === 0 && only?.literal.text === '';
    return isWhole && only !== undefined && holdsPage(only.expression);
  }
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  return (
    ts.isIdentifier(name) &&
    /html|base64|data_?ur[il]/i.test(name.text) &&
    !/blob|object|ur[il]$/i.test(name.text.replace(/data_?ur[il]$/i, ''))
  );
}

/** The host of the URL that an expression surely begins with. */
export function hostOfValue(value: ts.Node, lookup: Lookup): string | undefined {
  const leading = leadingText(value, lookup);
  return leading && hostOf(leading.text, leading.whole);
}

function named(name: ts.Node | undefined, wanted: string): boolean {
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) && name.text === wanted;
}

/** What the frame shows whose sandbox is an attribute or option: the `src` beside it. */
export function sourceBeside(node: ts.Node): ts.Node | undefined {
  if (ts.isJsxAttributes(node.parent)) {
    // What a spread brings may replace it.
    if (node.parent.properties.some(ts.isJsxSpreadAttribute)) return undefined;
    const source = node.parent.properties.find(
      (property) => ts.isJsxAttribute(property) && named(property.name, 'src'),
    );
    return source && ts.isJsxAttribute(source) ? source.initializer : undefined;
  }
  if (!ts.isObjectLiteralExpression(node.parent)) return undefined;
  const source = node.parent.properties.find((property) => named(property.name, 'src'));
  return source && ts.isPropertyAssignment(source) ? source.initializer : undefined;
}
