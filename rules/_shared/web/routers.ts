import { ts, unwrap } from '#api';
import type { SourceView } from '../sourceView.ts';
import { typeReference } from '../typeReference.ts';
import { FRAMEWORK_MODULES, type Framework, ROUTER_MAKERS } from './frameworks.ts';

/** How far aliases and chains are followed. */
const MAX_DEPTH = 6;

/** Methods that take handlers; all of them give back what they are called on, or a route of it. */
export const REGISTERS: ReadonlySet<string> = new Set([
  ...['all', 'delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'route', 'use'],
]);

/**
 * The framework of an application or router, by what made it or by its type; by its name only where the file imports a
 * framework. `undefined` where it is none, or cannot be told.
 */
export function routerFramework(expression: ts.Node, source: SourceView, depth = 0): Framework | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const node = unwrap(expression);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const made = source.header.resolve(node.expression);
    if (made !== undefined) return ROUTER_MAKERS[made];
    const callee = node.expression;
    if (!ts.isPropertyAccessExpression(callee)) return undefined;
    // Fastify gives `withTypeProvider` before the routes, Hono `basePath`.
    const chains = REGISTERS.has(callee.name.text) || /^(?:withTypeProvider|basePath|prefix)$/.test(callee.name.text);
    return chains ? routerFramework(callee.expression, source, depth + 1) : undefined;
  }
  if (ts.isPropertyAccessExpression(node)) return isRouterName(node.name.text) ? importedFramework(source) : undefined;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = source.lookup(node);
  if (declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) {
    const type = declaration.type === undefined ? undefined : typeReference(declaration.type, source.header);
    if (type !== undefined) return type.module === undefined ? undefined : FRAMEWORK_MODULES[type.module];
    if (declaration.initializer !== undefined) return routerFramework(declaration.initializer, source, depth + 1);
  }
  return isRouterName(node.text) ? importedFramework(source) : undefined;
}

/** Names that applications and routers usually have. */
export function isRouterName(name: string): boolean {
  return /^_?(?:app|router|server|api|routes?|fastify)$|(?:App|Router|Routes|Server)$/.test(name);
}

/** The framework that a file imports, types included. Of several it is Express, which others build upon, or none. */
export function importedFramework({ header }: SourceView): Framework | undefined {
  const found = new Set<Framework>();
  for (const { module } of header.imports.values()) {
    const framework = FRAMEWORK_MODULES[module];
    if (framework !== undefined) found.add(framework);
  }
  if (found.has('express')) return 'express';
  return found.size === 1 ? [...found][0] : undefined;
}
