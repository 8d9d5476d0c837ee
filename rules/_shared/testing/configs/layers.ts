import { ts, unwrap } from '#api';
import { isFunctionValue } from '../../enclosing.ts';
import { initialValue } from '../../initialValue.ts';
import type { SourceView } from '../../sourceView.ts';
import { isTransparent } from '../configParts.ts';

/** What a configuration is put together from; of several layers the later one wins. */
export type SourceLayer = (
  | { readonly kind: 'own'; readonly properties: readonly ts.ObjectLiteralElementLike[] }
  /** An export of another file; `default` stands for the whole of what CommonJS exports. */
  | { readonly kind: 'file'; readonly module: string; readonly name: string }
  /** Something that cannot be seen, and may say anything. */
  | { readonly kind: 'open' }
) & {
  /** It takes part under a condition. */
  readonly maybe?: true;
  /** Objects in it are merged with those below, not put in their place. */
  readonly deep?: true;
};

/** How a part of a configuration comes in. */
interface Way {
  readonly maybe?: true;
  readonly deep?: true;
}

const MERGES = /^(?:(?:vitest\/config|vite|vite-plus)#mergeConfig|deepmerge.*|lodash.*)$/;
const MAX_STEPS = 200;

/** Layers of an expression that is a configuration: wrappers, functions, constants, spreads, merges and imported bases. */
export function layersOf(exported: ts.Node, source: SourceView): readonly SourceLayer[] {
  const layers: SourceLayer[] = [];
  const around = new Set<ts.Node>();
  let steps = 0;
  const open = (way: Way) => layers.push({ kind: 'open', ...way });

  function visit(at: ts.Node, way: Way): void {
    const node = unwrap(at);
    steps++;
    if (around.has(node) || steps > MAX_STEPS) {
      open(way);
      return;
    }
    around.add(node);
    look(node, way);
    around.delete(node);
  }

  function look(node: ts.Node, way: Way): void {
    if (ts.isObjectLiteralExpression(node)) visitObject(node, way);
    else if (ts.isIdentifier(node)) visitName(node, way);
    else if (ts.isPropertyAccessExpression(node)) visitMember(node, way);
    else if (ts.isCallExpression(node)) visitCall(node, way);
    else if (ts.isAwaitExpression(node)) visit(node.expression, way);
    else if (ts.isConditionalExpression(node)) {
      for (const one of [node.whenTrue, node.whenFalse]) visit(one, { ...way, maybe: true });
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) {
      visit(node.right, { ...way, maybe: true });
    } else if (isFunctionValue(node) || ts.isFunctionDeclaration(node)) visitReturns(node, way);
    else open(way);
  }

  function visitObject(object: ts.ObjectLiteralExpression, way: Way): void {
    let own: ts.ObjectLiteralElementLike[] = [];
    const end = () => {
      if (own.length > 0) layers.push({ kind: 'own', properties: own, ...way });
      own = [];
    };
    for (const property of object.properties) {
      if (!ts.isSpreadAssignment(property)) own.push(property);
      else {
        end();
        const { deep: _, ...shallow } = way;
        visit(property.expression, shallow);
      }
    }
    end();
  }

  function visitName(name: ts.Identifier, way: Way): void {
    const imported = source.header.imports.get(name.text);
    const value = imported === undefined ? initialValue(name, source) : undefined;
    if (imported !== undefined)
      layers.push({ kind: 'file', module: imported.module, name: exportName(imported.name), ...way });
    else if (value !== undefined) visit(value, way);
    else open(way);
  }

  /** `base.unit`, `require('./base').default`. */
  function visitMember(node: ts.PropertyAccessExpression, way: Way): void {
    const whole = moduleOf(unwrap(node.expression));
    if (whole === undefined) open(way);
    else layers.push({ kind: 'file', module: whole, name: node.name.text, ...way });
  }

  function moduleOf(node: ts.Node): string | undefined {
    if (ts.isIdentifier(node)) {
      const imported = source.header.imports.get(node.text);
      const value = imported === undefined ? initialValue(node, source) : undefined;
      return imported?.module ?? (value === undefined ? undefined : requiredModule(unwrap(value)));
    }
    return requiredModule(node);
  }

  function requiredModule(node: ts.Node): string | undefined {
    if (!ts.isCallExpression(node) || source.header.resolve(node.expression) !== 'global#require') return undefined;
    const [first] = node.arguments;
    return first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
  }

  function visitCall(call: ts.CallExpression, way: Way): void {
    const required = requiredModule(call);
    if (required !== undefined) {
      layers.push({ kind: 'file', module: required, name: 'default', ...way });
      return;
    }
    if (isTransparent(call.expression, source)) {
      const callee = source.header.resolve(call.expression) ?? '';
      for (const one of call.arguments) visit(one, MERGES.test(callee) ? { ...way, deep: true } : way);
      return;
    }
    // What the function makes of its arguments is its own matter.
    if (ts.isIdentifier(call.expression)) visitName(call.expression, way);
    else open(way);
    for (const one of call.arguments) {
      if (ts.isObjectLiteralExpression(unwrap(one))) visit(one, { ...way, maybe: true });
    }
  }

  function visitReturns(fn: ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration, way: Way): void {
    if (fn.body === undefined) return;
    if (!ts.isBlock(fn.body)) {
      visit(fn.body, way);
      return;
    }
    const found = fn.body.statements.filter(ts.isReturnStatement);
    // A return inside a condition may give another configuration.
    const isOnly = found.length === 1;
    if (!isOnly) open(way);
    for (const { expression } of found) {
      if (expression !== undefined) visit(expression, isOnly ? way : { ...way, maybe: true });
    }
  }

  visit(exported, {});
  return layers;
}

function exportName(name: string): string {
  return name === '' || name === '*' ? 'default' : name;
}
