import ignore, { type Ignore } from 'ignore';

/** The ignore files in force for one folder: its own before those above it. */
export interface IgnoreScope {
  /** Absolute folder the rules are relative to. */
  readonly folder: string;
  readonly rules: Ignore;
  readonly above: IgnoreScope | undefined;
}

/** Whether git would ignore a path below the scope's folder. Folders above the path are taken as not ignored. */
export function isIgnored(scope: IgnoreScope | undefined, path: string, kind: 'file' | 'folder'): boolean {
  for (let current = scope; current !== undefined; current = current.above) {
    const relative = path.slice(current.folder === '/' ? 1 : current.folder.length + 1);
    // The nearest file with an opinion decides.
    const { ignored, unignored } = current.rules.test(kind === 'folder' ? `${relative}/` : relative);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/** Adds what an ignore file of a folder says, when there is one. */
export function withRules(
  above: IgnoreScope | undefined,
  folder: string,
  text: string | undefined,
): IgnoreScope | undefined {
  if (text === undefined) return above;
  return { folder, rules: ignore().add(text.split(/\r?\n/).filter(isQuick)), above };
}

/**
 * Whether git would ignore a file or folder below a root, whatever is there: asks the `.gitignore` files on the way down.
 * @param above what is in force at the root
 * @param read gives the text of a file
 */
export function isIgnoredBelow(
  root: string,
  path: string,
  above: IgnoreScope | undefined,
  read: (path: string) => string | undefined,
): boolean {
  if (!path.startsWith(root === '/' ? '/' : `${root}/`)) return false;
  const names = path.slice(root === '/' ? 1 : root.length + 1).split('/');
  let scope = above;
  let folder = root === '/' ? '' : root;
  for (const name of names) {
    scope = withRules(scope, folder === '' ? '/' : folder, read(`${folder}/.gitignore`));
    folder = `${folder}/${name}`;
    if (isIgnored(scope, folder, 'folder')) return true;
  }
  return isIgnored(scope, folder, 'file');
}

/** Lines with a heap of wildcards in one name could take for ever to match; nobody needs them. */
function isQuick(line: string): boolean {
  return line.length < 1000 && line.split('/').every((name) => (name.match(/\*+/g)?.length ?? 0) <= 4);
}
