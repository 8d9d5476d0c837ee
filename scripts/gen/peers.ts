import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Tools that read the same files, whose documentation is compared. */
export const PEERS = ['hadolint', 'actionlint', 'zizmor'] as const;

const peerCase = z
  .strictObject({
    /** What stands in the file, in a few words. */
    when: z.string().min(1),
    /** What the other tool documents for it. */
    there: z.enum(['reports', 'silent']),
    /** The message of the rule, or `silent`. */
    here: z.string().min(1),
    /** Why the two differ. */
    why: z.string().min(1).optional(),
    /** The fixture of the rule that shows what it does. */
    fixture: z.string().min(1),
    /** Part of the line of the fixture that the case is about; the whole fixture when left out. */
    line: z.string().min(1).optional(),
  })
  .refine(
    ({ there, here, why }) => ((there === 'silent') === (here === 'silent')) === (why === undefined),
    'a case where the two differ says `why`, and no other does',
  );

const comparison = z.strictObject({
  tool: z.enum(PEERS),
  /** As the tool names it. */
  rule: z.string().min(1),
  /** What it takes to have the tool say so, where it does not by default. */
  under: z.string().min(1).optional(),
  cases: z.array(peerCase).min(1),
});

const peers = z.union([z.strictObject({ none: z.string().min(1) }), z.array(comparison).min(1)]);

const tool = z.strictObject({
  /** Address of the documentation of a rule, `{rule}` for its name. */
  documentation: z.url(),
  /** Which of its documents were read. */
  from: z.string().min(1),
  commit: z.string().regex(/^[0-9a-f]{7,40}$/),
  /** Day of that commit. */
  day: z.iso.date(),
  /** Its rules that no rule here has, by the reason. */
  others: z.array(z.strictObject({ why: z.string().min(1), rules: z.array(z.string().min(1)).min(1) })),
});

const tools = z.strictObject({ hadolint: tool, actionlint: tool, zizmor: tool });

/** One kind of file content, with what the other tool documents and what the rule does. */
export type PeerCase = z.output<typeof peerCase>;
/** A rule of another tool about the same as a rule here. */
export type Comparison = z.output<typeof comparison>;
/** What other tools have of a rule: comparisons, or why there is nothing to compare. */
export type Peers = z.output<typeof peers>;
/** What was read of each tool, and which of its rules have no counterpart. */
export type PeerTools = z.output<typeof tools>;

/** Reads `peers.json` of a rule folder; `undefined` without one. Throws an error that names file and place. */
export function peersIn(root: string, folder: string): Peers | undefined {
  const path = `${folder}/peers.json`;
  return existsSync(join(root, path)) ? read(root, path, peers) : undefined;
}

/** Reads `rules/peers.json`; `undefined` without one. Throws an error that names file and place. */
export function peerTools(root: string): PeerTools | undefined {
  const path = 'rules/peers.json';
  return existsSync(join(root, path)) ? read(root, path, tools) : undefined;
}

function read<T>(root: string, path: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(JSON.parse(readFileSync(join(root, path), 'utf8')));
  if (result.success) return result.data;
  throw new Error(`${path}: ${z.prettifyError(result.error)}`);
}
