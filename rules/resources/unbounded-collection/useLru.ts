import { type Fix, ts, unwrap } from '#api';
import { importLine } from '../../_shared/importLine.ts';
import { addDependency } from '../../_shared/project/addDependency.ts';
import { packageFolder } from '../../_shared/project/nearestPackage.ts';

/** What a map and an LRU cache have in common. */
const COMMON = /^(?:get|set|has)$/;

/** A map becomes a cache that forgets what was not used for the longest time. */
export const useLru: Fix<{ readonly max: number }> = {
  title: 'Keep only the entries that were used last, with lru-cache',
  safety: 'suggest',
  edits(ctx) {
    const name = ctx.node(isName);
    const declaration = name?.parent;
    if (
      declaration === undefined ||
      !(ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration))
    ) {
      return undefined;
    }
    const { initializer, type } = declaration;
    const made = initializer && unwrap(initializer);
    if (made === undefined || type !== undefined || !ts.isNewExpression(made)) return undefined;
    if (made.expression.getText() !== 'Map') return undefined;
    const scope = ts.isPropertyDeclaration(declaration) ? declaration.parent : ctx.file;
    if (!hasOnlyCommonUses(scope, declaration.name.getText())) return undefined;
    const isImported = ctx.header.imports.get('LRUCache')?.module === 'lru-cache';
    if (ctx.header.topLevel.has('LRUCache') && !isImported) return undefined;
    const end = /;\r?\n/.test(ctx.text) ? ';' : '';
    const importing = importLine(ctx, { module: 'lru-cache', name: 'LRUCache', isDefault: false }, end);
    if (importing === undefined) return undefined;
    const folder = packageFolder(ctx.path, ctx);
    return [
      ...(isImported ? [] : [importing]),
      ctx.replace(made.expression, 'LRUCache'),
      ...(made.arguments === undefined
        ? [ctx.insert(made.end, `({ max: ${ctx.options.max} })`)]
        : [ctx.insert(made.end - 1, `{ max: ${ctx.options.max} }`)]),
      ...(folder === undefined ? [] : addDependency(folder, 'lru-cache', '^11.0.0', ctx)),
    ];
  },
};

function isName(node: ts.Node): node is ts.Identifier | ts.PrivateIdentifier {
  return ts.isIdentifier(node) || ts.isPrivateIdentifier(node);
}

/** Whether the code only sets, gets and asks for entries. */
function hasOnlyCommonUses(scope: ts.Node, name: string): boolean {
  const visit = (node: ts.Node): boolean => {
    if (!isName(node) || node.text !== name)
      return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
    let at: ts.Node = node;
    if (ts.isPropertyAccessExpression(at.parent) && at.parent.name === node) at = at.parent;
    const { parent } = at;
    const isDeclared = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent);
    return !(isDeclared || (ts.isPropertyAccessExpression(parent) && COMMON.test(parent.name.text)));
  };
  return !visit(scope);
}
