import { extensions, Uri } from 'vscode';

/** What is used of the API of VS Code's own extension for git. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): {
    getRepository(uri: Uri): { readonly state: RepositoryState; status(): Promise<void> } | null;
  };
}

export interface RepositoryState {
  readonly HEAD: { readonly commit?: string } | undefined;
  readonly workingTreeChanges: readonly unknown[];
  readonly indexChanges: readonly unknown[];
  readonly mergeChanges: readonly unknown[];
  readonly untrackedChanges: readonly unknown[];
}

/** Commit that the files of a repository are of; `''` while there is none, or some differ from it. */
function commitOf(state: RepositoryState): string {
  const changes = [state.workingTreeChanges, state.indexChanges, state.mergeChanges, state.untrackedChanges];
  return changes.some((list) => list.length > 0) ? '' : (state.HEAD?.commit ?? '');
}

/** The same for the repository that a folder is in, as VS Code knows it; `''` without one. Never rejects. */
export async function gitCommit(folder: string): Promise<string> {
  try {
    const extension = extensions.getExtension<GitExtension>('vscode.git');
    const git = extension && (extension.isActive ? extension.exports : await extension.activate());
    const repository = git?.enabled ? git.getAPI(1).getRepository(Uri.parse(folder, true)) : null;
    if (!repository) return '';
    await repository.status();
    return commitOf(repository.state);
  } catch {
    return '';
  }
}
