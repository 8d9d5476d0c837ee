import type { FileHeader } from '#api';
import { FOLDERS, inFolders } from '../../_shared/places.ts';

/** Files by which tools are set up and work is done by hand: whoever runs them sees what is missing. */
const BY_HAND = inFolders(FOLDERS.scripts, FOLDERS.database, FOLDERS.browserTests, FOLDERS.docs, 'testing');
const SETS_UP = /\.(?:config|setup)\.[cm]?[jt]s$/;

/** Code of a page, for which a bundler puts the values in, or a file that runs by hand. */
export function isBuiltIn({ localPath, modules }: FileHeader): boolean {
  return /\.[jt]sx$/.test(localPath) || modules.has('react') || SETS_UP.test(localPath) || BY_HAND.test(localPath);
}
