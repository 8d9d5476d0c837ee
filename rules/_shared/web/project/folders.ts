import { folderOf } from '../../filePath.ts';
import type { Value } from './facts.ts';
import type { Thing } from './things.ts';

/** Joined paths have at most so many parts. */
const MAX_DEPTH = 6;

const JOINS = /^path#(?:posix\.)?(?:join|resolve)$/;

/**
 * The folder that a value names, from the file it stands in: `join(__dirname, 'routes')`, `import.meta.dirname`,
 * `fileURLToPath(new URL('./routes', import.meta.url))`.
 */
export function namedFolder(
  value: Value,
  path: string,
  evaluate: (value: Value, path: string) => readonly Thing[],
  depth = 0,
): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const here = folderOf(path);
  if (value.is === 'unknown') return value.name === '__dirname' ? here : undefined;
  if (value.is === 'member') return value.name === 'dirname' && value.of.is === 'unknown' ? here : undefined;
  if (value.is !== 'call') return undefined;
  const [first, ...rest] = value.args;
  const callee = calleeOf(value);
  if (callee === 'path#dirname') return here;
  if (callee === 'url#fileURLToPath') {
    const [target] = first?.is === 'call' ? first.args : [];
    return target?.is === 'text' ? below(here, target.text) : undefined;
  }
  if (!JOINS.test(callee) || first === undefined) return undefined;
  let folder = namedFolder(first, path, evaluate, depth + 1);
  for (const part of rest) {
    const [thing, ...others] = evaluate(part, path);
    if (folder === undefined || thing?.is !== 'text' || others.length > 0) return undefined;
    folder = below(folder, thing.text);
  }
  return folder;
}

function calleeOf({ callee }: Extract<Value, { readonly is: 'call' }>): string {
  return callee.is === 'import' ? `${callee.module}#${callee.name}` : '';
}

/** `undefined` above the root of the file system, and for what is not constant. */
function below(folder: string, path: string): string | undefined {
  if (path.includes('*') || path.startsWith('/')) return undefined;
  const parts = folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.length < 2) return undefined;
      parts.pop();
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
