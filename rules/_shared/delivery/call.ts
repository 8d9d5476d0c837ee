/** What a command asks for: scripts by name or pattern, of packages that are chosen, or of the one it is called in. */
export interface Call {
  readonly names: readonly string[];
  /** Where it is called, after `--prefix` and the like. */
  readonly folder: string;
  /** Packages by name, pattern or path; `undefined` for the one of the folder. */
  readonly chosen: readonly string[] | undefined;
  /** What runs it as a task, with those that have to run before it. */
  readonly tool?: 'turbo' | 'nx' | 'lerna';
  /** Called in a member, it is about that one alone. */
  readonly isInferred?: true;
}

/** All members of the workspace. */
export const ALL: readonly string[] = ['*'];
