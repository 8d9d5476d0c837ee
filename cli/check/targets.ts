import { isInside } from '#engine/document/paths.ts';
import { diskHost } from '#host/disk.ts';
import { toEnginePath } from '#host/paths.ts';
import { isProject, projectRoot } from '#host/projectRoot.ts';
import { UsageError } from '../usageError.ts';

/** One project to analyse, and which parts of it to report on. Paths are absolute with forward slashes. */
export interface ProjectTargets {
  readonly root: string;
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Sorts the paths of the command line by project. The current folder is the project when it looks like one; a path
 * elsewhere belongs to its repository, so that checks across files see all of it.
 */
export function targetsOf(paths: readonly string[], cwd: string): readonly ProjectTargets[] {
  const here = toEnginePath(cwd, cwd);
  if (paths.length === 0) return [{ root: here, files: [], folders: [here] }];
  const projects = new Map<string, { files: Set<string>; folders: Set<string> }>();
  const hereIsProject = isProject(here);
  for (const given of paths) {
    const path = toEnginePath(given, cwd);
    const isFolder = diskHost.isFolder(path);
    if (!isFolder && !diskHost.isFile(path)) {
      throw new UsageError(`There is no file or folder "${given}". Paths are relative to the current folder.`);
    }
    const folder = isFolder ? path : toEnginePath('..', path);
    const root = isInside(path, here) && (hereIsProject || path === here) ? here : projectRoot(folder);
    const project = projects.get(root) ?? { files: new Set(), folders: new Set() };
    (isFolder ? project.folders : project.files).add(path);
    projects.set(root, project);
  }
  return [...projects].map(([root, { files, folders }]) => ({ root, files: [...files], folders: [...folders] }));
}
