import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Host, HostEntry } from '#engine/workspace/host.ts';
import { diskHost } from '#host/disk.ts';
import { type Files, inRoot, root } from './virtualFiles.ts';

const installed = realpathSync(fileURLToPath(new URL('../../../node_modules', import.meta.url))).replaceAll('\\', '/');
const virtual = `${root}/node_modules`;

/** Names of packages that the fixture's package.json depends on, with their type packages. */
function wanted(files: Files): readonly string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(files.get(inRoot('package.json')) ?? '{}');
  const names = Object.keys({ ...dependencies, ...devDependencies });
  const types = names.map((name) => `@types/${name.replace(/^@(.+)\/(.+)$/, '$1__$2').replace(/^@types\//, '')}`);
  return [...new Set([...names, ...types])].filter((name) => diskHost.isFolder(`${installed}/${name}`));
}

/**
 * Packages of this repository as if the fixture had installed them: those it depends on are links to where they really
 * lie, and find their own dependencies there.
 */
export function packagesFor(files: Files): Pick<Required<Host>, keyof Host> {
  const names = wanted(files);
  const real = (path: string): string => {
    const name = names.find((candidate) => `${path}/`.startsWith(`${virtual}/${candidate}/`));
    return name === undefined ? path : installed + path.slice(virtual.length);
  };
  const visible = (path: string): boolean =>
    path.startsWith(`${installed}/`) || `${installed}/`.startsWith(`${path === '/' ? '' : path}/`);
  const folders = (inside: string): readonly HostEntry[] => {
    const parts = names.flatMap((name) =>
      `${virtual}/${name}`.startsWith(`${inside}/`) ? [`${virtual}/${name}`] : [],
    );
    const entries = new Set(parts.map((path) => path.slice(inside.length + 1).split('/')[0] ?? ''));
    return [...entries].map((name) => ({ name, kind: 'folder' }));
  };
  return {
    readText: (path) => (visible(real(path)) ? diskHost.readText(real(path)) : undefined),
    isFile: (path) => visible(real(path)) && diskHost.isFile(real(path)),
    isFolder: (path) => folders(path).length > 0 || (visible(real(path)) && diskHost.isFolder(real(path))),
    list: (path) => (visible(real(path)) && real(path) !== root ? diskHost.list(real(path)) : folders(path)),
    realPath: real,
    isIgnored: () => false,
  };
}
