import { diskHost } from './disk.ts';
import { ignoreScopeAbove, withGitignore } from './gitIgnore.ts';
import { isIgnored } from './ignoreRules.ts';
import { isVendored, isVersionControl } from './vendored.ts';

/** Whether `discover` would come across a file below a folder, as far as paths and ignore files decide it. */
export function isDiscovered(root: string, path: string): boolean {
  if (!path.startsWith(root === '/' ? '/' : `${root}/`)) return false;
  const names = path.slice(root === '/' ? 1 : root.length + 1).split('/');
  let scope = ignoreScopeAbove(root);
  let folder = root === '/' ? '' : root;
  for (const [index, name] of names.entries()) {
    scope = withGitignore(scope, folder === '' ? '/' : folder);
    const child = `${folder}/${name}`;
    const isLast = index === names.length - 1;
    if (isIgnored(scope, child, isLast ? 'file' : 'folder')) return false;
    const siblings = diskHost.isFile(`${folder}/package.json`) ? new Set(['package.json']) : new Set<string>();
    if (!isLast && (isVersionControl(name) || isVendored(name, siblings))) return false;
    folder = child;
  }
  return true;
}
