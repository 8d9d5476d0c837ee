import { ts } from '#api';
import { settled } from '../browser/constants.ts';
import { option, propertyKey } from '../calls.ts';
import type { Lookup } from '../sourceView.ts';

/** The same host, the page's own site, or no address of a service at all. */
const LOCAL = /^(?:\.{0,2}\/|https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?![\w.-])|(?:data|file|blob):)/;

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1?)(?::\d+)?$/;

/** Whether a call stays on this machine, by its address or by `hostname` and `socketPath` of its options. */
export function isLocal(target: ts.Node | undefined, lookup: Lookup): boolean {
  if (target === undefined) return false;
  const node = settled(target, lookup);
  if (ts.isBinaryExpression(node)) {
    return node.operatorToken.kind === ts.SyntaxKind.PlusToken && isLocal(node.left, lookup);
  }
  if (ts.isNewExpression(node)) return isLocal(node.arguments?.at(-1), lookup);
  if (ts.isObjectLiteralExpression(node)) return hasLocalOptions(node, lookup);
  if (ts.isTemplateExpression(node)) {
    const [first] = node.templateSpans;
    return node.head.text === '' ? isLocal(first?.expression, lookup) : LOCAL.test(node.head.text);
  }
  return ts.isStringLiteralLike(node) && LOCAL.test(node.text);
}

/** Options that name a host, and those that name an address. */
const HOSTS = ['hostname', 'host'];
const ADDRESSES = ['url', 'node', 'baseURL', 'endpoint'];

/** Whether options of a client name this machine. */
export function hasLocalOptions(options: ts.ObjectLiteralExpression, lookup: Lookup): boolean {
  if (option(options, 'socketPath').kind === 'given') return true;
  // What is spread beside it seldom brings another host.
  const given = (name: string): ts.Node | undefined => {
    const named = options.properties.find((one) => ts.isPropertyAssignment(one) && propertyKey(one.name) === name);
    return named !== undefined && ts.isPropertyAssignment(named) ? settled(named.initializer, lookup) : undefined;
  };
  return (
    ADDRESSES.some((name) => isLocal(given(name), lookup)) ||
    HOSTS.some((name) => {
      const value = given(name);
      return value !== undefined && ts.isStringLiteralLike(value) && LOCAL_HOST.test(value.text);
    })
  );
}
