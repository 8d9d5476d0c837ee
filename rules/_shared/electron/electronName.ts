import type { FileHeader, ts } from '#api';

/**
 * What an expression names of Electron, without the module: `ipcMain.handle` for `electron#ipcMain.handle` and for the same
 * of `electron/main`; `shell` of `@electron/remote` counts as well.
 */
export function electronName(expression: ts.Node, header: FileHeader): string | undefined {
  const [, name] = /^@?electron(?:\/\w+)?#(?:remote\.)?(.+)$/.exec(header.resolve(expression) ?? '') ?? [];
  return name;
}

const MODULES = ['electron', 'electron/main', 'electron/renderer', 'electron/common', '@electron/remote'] as const;

/** Whether a file runs with Electron, as far as it imports it. */
export function importsElectron({ modules }: FileHeader): boolean {
  return MODULES.some((name) => modules.has(name));
}
