import { ts } from '#api';
import { type Lookup, leadingText } from './tokens.ts';

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

/** Whether an expression surely is a `data:` URL. */
export function isDataValue(value: ts.Node, lookup: Lookup): boolean {
  return isDataUrl(leadingText(value, lookup)?.text ?? '');
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
