import type { ProjectContext } from '#api';

const MARKS = ['.git', '.gitignore', '.gitattributes', '.github'];

/** Whether the workspace's folder is the top of a repository: only there is everything seen that a project may have. */
export function isRepositoryRoot({ root, exists }: Pick<ProjectContext<string, unknown>, 'root' | 'exists'>): boolean {
  return MARKS.some((name) => exists(`${root}/${name}`));
}
