import type { Span } from '../api/finding.ts';

/** What a shell reads before it runs anything: one line, with those that it goes on in by a `\\`, a quote or a heredoc. */
export interface ShellLine {
  /** Without blanks around it and a comment behind it. */
  readonly span: Span;
  /** Bodies of its heredocs, which are no commands. */
  readonly heredocs: readonly Span[];
}

/** A line of a recipe, which make hands to a shell of its own. */
export interface MakeRecipeLine {
  /** With `@`, `-` and `+` before the command, and with the lines in which it goes on. */
  readonly span: Span;
  /** Stands between `ifeq` and `endif`. */
  readonly isConditional: boolean;
}

/** Targets that are made in one way. */
export interface MakeRule {
  /** From the first target to the end of the recipe. */
  readonly span: Span;
  readonly targets: readonly string[];
  /** What has to be made before, order-only ones included. */
  readonly prerequisites: readonly string[];
  readonly recipe: readonly MakeRecipeLine[];
  /** Stands between `ifeq` and `endif`. */
  readonly isConditional: boolean;
}

/** `NAME = value`. */
export interface MakeVariable {
  readonly span: Span;
  readonly name: string;
  /** `=`, `:=`, `::=`, `?=`, `+=` or `!=`. */
  readonly operator: string;
  readonly value: string;
  readonly isConditional: boolean;
}

/** A file that `include` names, as written; where make may do without it, the name is kept as well. */
export interface MakeInclude {
  readonly span: Span;
  readonly path: string;
}
