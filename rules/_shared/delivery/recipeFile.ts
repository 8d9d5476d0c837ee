import type { Command } from './shell.ts';

/** What a target of a Makefile, a task of a Taskfile, or a shell script, runs. Blanks of commands are made one. */
export interface Recipe {
  /** By what it is called, aliases included; empty for a shell script. */
  readonly targets: readonly string[];
  /** Targets that are made before, or on the way. */
  readonly needs: readonly string[];
  readonly commands: readonly string[];
  /** Those among them that run whatever happens. */
  readonly certain: readonly string[];
  /** Those with whose failure all of it fails, and `cd` between them. */
  readonly deciding: readonly string[];
  /** Where it runs, as written, from where the recipes of its file run; left out where that is the same. */
  readonly folder?: string;
}

/** A file whose recipes are called behind a name: `docs:build`. */
export interface RecipePart {
  /** Empty where its recipes are called as if they were written here. */
  readonly name: string;
  /** The file or its folder, as written. */
  readonly path: string;
  /** Where its recipes run, as written; left out where those of this file do. */
  readonly folder?: string;
}

/** A file with recipes. */
export interface RecipeFile {
  readonly kind: 'makefile' | 'shell' | 'taskfile';
  readonly recipes: readonly Recipe[];
  /** What is done where no target is named. */
  readonly goal: string;
  /** Files that a Makefile reads in, as written. */
  readonly includes: readonly string[];
  /** Files that others are called from. */
  readonly parts?: readonly RecipePart[];
}

const MAX_COMMANDS = 1000;
const MAX_TEXT = 400;

/** Stands between the commands of two shells: the second one begins in the folder that the first one began in. */
export const NEW_SHELL = '\u0000';

/** Commands as they are kept in a recipe: on one line, none too long. */
export function recipeTexts(commands: readonly Pick<Command, 'text'>[]): readonly string[] {
  return commands.slice(0, MAX_COMMANDS).map(({ text }) =>
    text
      .replace(/\\\r?\n/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, MAX_TEXT),
  );
}

/** The same for commands of several shells. */
export function shellTexts(shells: readonly (readonly Pick<Command, 'text'>[])[]): readonly string[] {
  return shells
    .flatMap((commands) => [...recipeTexts(commands), ...(commands.some(moves) ? [NEW_SHELL] : [])])
    .slice(0, MAX_COMMANDS);
}

function moves({ text }: Pick<Command, 'text'>): boolean {
  return /^\(*\s*(?:cd|pushd|popd)\b/.test(text);
}
