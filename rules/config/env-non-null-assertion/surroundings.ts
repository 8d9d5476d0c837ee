import type { FileHeader } from '#api';

/** Files by which tools are set up and work is done by hand: whoever runs them sees what is missing. */
const BY_HAND = /\.(?:config|setup)\.[cm]?[jt]s$|\/(?:scripts?|migrations|seeds?|e2e|cypress|docs|testing)\//;

/** Code of a page, for which a bundler puts the values in, or a file that runs by hand. */
export function isBuiltIn({ localPath, modules }: FileHeader): boolean {
  return /\.[jt]sx$/.test(localPath) || modules.has('react') || BY_HAND.test(localPath);
}
