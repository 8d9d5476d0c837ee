import { type FileHeader, ts, unwrap } from '#api';

/** Packages whose options are those of helmet. */
const HELMETS: ReadonlySet<string> = new Set(['helmet', '@fastify/helmet', 'fastify-helmet', 'koa-helmet']);

/** Something else in the file that may send the header. */
const OWN_POLICY =
  /content-security-policy(?!\.\w)|helmet-csp|\b(?:contentSecurityPolicy|(?:[a-z]\w*?)?csp(?:[A-Z]\w*)?)\s*\(|\.use\(\s*(?:[\w.]+\.)?csp\w*\s*\)/i;

function isHelmet(expression: ts.Node, header: FileHeader): boolean {
  const reference = header.resolve(expression);
  return reference !== undefined && HELMETS.has(reference.replace(/#(?:default|helmet|fastifyHelmet)$/, ''));
}

/** Whether a file sends a policy by other means: a header it writes, a middleware of its own, or helmet as it comes. */
export function hasOwnPolicy(text: string): boolean {
  return OWN_POLICY.test(text) || /\bhelmet\(\s*\)/.test(text);
}

/** The object and what stands around it for the types' sake, up to where it is used. */
function outermost(object: ts.Node): ts.Node {
  let outer = object;
  while (unwrap(outer.parent) === object || ts.isConditionalExpression(outer.parent)) outer = outer.parent;
  return outer;
}

/**
 * Whether an object literal holds options of helmet: it is handed to helmet or registered with it, is named for it, or
 * becomes a value of a file that uses helmet.
 */
export function isHelmetOptions(object: ts.ObjectLiteralExpression, header: FileHeader): boolean {
  const outer = outermost(object);
  const { parent } = outer;
  if (ts.isCallExpression(parent)) {
    const [first] = parent.arguments;
    return isHelmet(parent.expression, header) || (first !== undefined && first !== outer && isHelmet(first, header));
  }
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    return /helmet/i.test(parent.name.getText()) || (!ts.isPropertyAssignment(parent) && usesHelmet(header));
  }
  return ts.isReturnStatement(parent) && usesHelmet(header);
}

function usesHelmet({ modules }: FileHeader): boolean {
  for (const name of HELMETS) if (modules.has(name)) return true;
  return false;
}
