import { type DataNode, facet, ts } from '#api';
import { entryAt } from '../../_shared/dataMembers.ts';

/** Settings that say what other names modules go by, in the files of bundlers, compilers and test runners. */
const SETTINGS = new Set([
  'alias',
  'aliases',
  'externals',
  'moduleNameMapper',
  'paths',
  'imports',
  '_moduleAliases',
  'virtualModules',
  'remotes',
]);

/** Calls that do the same while a program starts. */
const CALLS = new Set(['addAlias', 'addAliases', 'addVirtualModules']);

/** Names by which modules are imported that no package has: keys of aliases, without `*` and what else patterns are made of. */
export const aliasFacet = facet<string, readonly string[]>({
  name: 'project/aliases',
  collect: {
    PropertyAssignment: {
      named: SETTINGS,
      listen: ({ name, initializer }) => {
        return 'text' in name && SETTINGS.has(name.text) ? namesIn(initializer) : undefined;
      },
    },
    CallExpression: {
      named: CALLS,
      listen: ({ expression, arguments: [first] }) => {
        const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
        if (first === undefined || !ts.isIdentifier(name) || !CALLS.has(name.text)) return undefined;
        return ts.isStringLiteralLike(first) ? [bare(first.text)] : namesIn(first);
      },
    },
  },
  fold(scope) {
    const names = [...scope.all()].filter((name) => name !== '');
    return names.length === 0 ? undefined : [...new Set(names)].sort();
  },
  documents: {
    languages: ['json'],
    fold(document, { localPath }) {
      if (!/\/(?:[tj]sconfig[\w.-]*|package|deno|import[_-]?map|\.babelrc|project)(?:\.jsonc?)?$/.test(localPath)) {
        return undefined;
      }
      const names = new Set(
        'roots' in document && document.language === 'json' ? document.roots.flatMap((root) => keysIn(root)) : [],
      );
      return names.size === 0 ? undefined : [...names].sort();
    },
  },
});

/** Keys of `{ '@app': … }`, `find` of `[{ find: '@app', … }]`, whatever stands around the object. */
function namesIn(value: ts.Expression): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node, depth: number): void => {
    if (depth > 6) return;
    if (ts.isPropertyAssignment(node) && 'text' in node.name) {
      const { initializer } = node;
      if (node.name.text !== 'find' && node.name.text !== 'replacement') names.push(bare(node.name.text));
      else if (ts.isStringLiteralLike(initializer)) names.push(bare(initializer.text));
      else if (ts.isRegularExpressionLiteral(initializer)) names.push(bare(initializer.text.slice(1)));
      return;
    }
    ts.forEachChild(node, (child) => visit(child, depth + 1));
  };
  visit(value, 0);
  return names;
}

function keysIn(node: DataNode | undefined, depth = 0): readonly string[] {
  if (node === undefined || depth > 8) return [];
  if (node.kind === 'array') return node.items.flatMap((item) => keysIn(item, depth + 1));
  if (node.kind !== 'object') return [];
  return node.entries.flatMap(({ key, value }) => {
    if (!SETTINGS.has(key)) return keysIn(value, depth + 1);
    const names = value?.kind === 'object' ? value.entries.map((entry) => bare(entry.key)) : [];
    // `"imports"` of an import map may have scopes beside it, `"alias"` of a plugin may lie deeper.
    return names.length > 0 || entryAt(value, key) === undefined ? names : keysIn(value, depth + 1);
  });
}

/** `@app/*`, `^@app/(.*)$` and `@app$` as `@app`. */
function bare(pattern: string): string {
  return pattern
    .replace(/^[\^/(]+/, '')
    .replace(/\\/g, '')
    .replace(/[*$(?|[].*$/, '')
    .replace(/\/+$/, '');
}

/** Whether one of the names stands for the beginning of a specifier. */
export function isAliased(specifier: string, aliases: ReadonlySet<string>): boolean {
  for (let end = specifier.length; end > 0; end = specifier.lastIndexOf('/', end - 1)) {
    if (aliases.has(specifier.slice(0, end))) return true;
  }
  return false;
}
