import { ts, unwrap } from '#api';
import { isFunctionValue } from '../enclosing.ts';
import { initialValue } from '../initialValue.ts';
import type { SourceView } from '../sourceView.ts';

/** Object literals that make a configuration, what they take from other files, and whether all of it is seen. */
export interface ConfigParts {
  /** In source order; the first one is what the file is about. */
  readonly objects: readonly ts.ObjectLiteralExpression[];
  /** Specifiers of files and packages that are spread or merged into it. */
  readonly imports: readonly string[];
  /** Something else takes part, and may say anything. */
  readonly isOpen: boolean;
}

/** Functions that hand back the configurations they are given, merged. */
const TRANSPARENT =
  /^(?:(?:vitest\/config|vite|vite-plus)#(?:defineConfig|defineProject|defineWorkspace|mergeConfig)|global#Object\.(?:assign|freeze)|deepmerge(?:-ts)?(?:#.*)?|lodash(?:\.merge|#merge|\/merge)|next\/jest(?:\.js)?)$/;
/** What such functions are made by. */
const MAKERS = /^next\/jest(?:\.js)?(?:#default)?$/;
const MAX_STEPS = 200;

/** Follows the expression that a configuration file exports: wrappers, functions, constants, spreads, imported bases. */
export function configParts(exported: ts.Expression, source: SourceView): ConfigParts {
  const objects: ts.ObjectLiteralExpression[] = [];
  const imports: string[] = [];
  const seen = new Set<ts.Node>();
  let isOpen = false;

  function visit(at: ts.Node): void {
    const node = unwrap(at);
    if (seen.has(node)) return;
    seen.add(node);
    if (seen.size > MAX_STEPS) isOpen = true;
    else if (ts.isObjectLiteralExpression(node)) {
      objects.push(node);
      for (const property of node.properties) if (ts.isSpreadAssignment(property)) visit(property.expression);
    } else if (ts.isIdentifier(node)) visitName(node);
    else if (ts.isCallExpression(node)) visitCall(node);
    else if (ts.isAwaitExpression(node) || ts.isSpreadElement(node)) visit(node.expression);
    else if (ts.isArrayLiteralExpression(node)) node.elements.forEach(visit);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(visit);
    else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) {
      visit(node.right);
    } else if (isFunctionValue(node) || ts.isFunctionDeclaration(node)) {
      visitReturns(node);
    } else isOpen = true;
  }

  function visitName(name: ts.Identifier): void {
    const imported = source.header.imports.get(name.text);
    const value = imported === undefined ? initialValue(name, source) : undefined;
    if (imported !== undefined && isWhole(imported.name)) imports.push(imported.module);
    else if (value !== undefined) visit(value);
    else isOpen = true;
  }

  function visitCall(call: ts.CallExpression): void {
    const [first] = call.arguments;
    if (source.header.resolve(call.expression) === 'global#require' && first && ts.isStringLiteralLike(first)) {
      imports.push(first.text);
      return;
    }
    if (!isTransparent(call.expression, source)) isOpen = true;
    call.arguments.forEach(visit);
  }

  function visitReturns(fn: ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration): void {
    if (fn.body === undefined) return;
    if (!ts.isBlock(fn.body)) {
      visit(fn.body);
      return;
    }
    const found = fn.body.statements.filter(ts.isReturnStatement);
    // A return inside a condition may give another configuration.
    if (found.length !== 1 || found[0]?.expression === undefined) isOpen = true;
    for (const { expression } of found) if (expression !== undefined) visit(expression);
  }

  visit(exported);
  return { objects, imports, isOpen };
}

/** Whether an import stands for all that a configuration file exports. */
function isWhole(name: string): boolean {
  return name === 'default' || name === '*' || name === '';
}

/** Whether a function hands back the configurations that it is given. */
export function isTransparent(callee: ts.Expression, source: SourceView): boolean {
  if (TRANSPARENT.test(source.header.resolve(callee) ?? '')) return true;
  const made = ts.isIdentifier(callee) ? initialValue(callee, source) : undefined;
  return made !== undefined && ts.isCallExpression(made) && MAKERS.test(source.header.resolve(made.expression) ?? '');
}
