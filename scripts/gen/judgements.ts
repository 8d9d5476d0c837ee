import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const count = z.number().int().min(0);

const judgement = z
  .strictObject({
    /** `owner/name` of a public repository. */
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    commit: z.string().regex(/^[0-9a-f]{6,40}$/),
    /** What the rule reported before it was changed. */
    findings: count,
    /** How many of them were opened and judged; all when left out. */
    read: count.optional(),
    right: count.default(0),
    wrong: count.default(0),
    /** Wrong ones that the rule still reports after the change. */
    still: count.default(0),
    /** What was changed because of this repository. */
    changed: z.string().default(''),
  })
  .refine(
    (row) => row.right + row.wrong === (row.read ?? row.findings),
    '`right` and `wrong` do not add up to what was read',
  )
  .refine((row) => row.still <= row.wrong, '`still` exceeds `wrong`');

/** What a rule said about one public repository, judged by hand. */
export type Judgement = z.output<typeof judgement>;

/** Reads `precision.json` of a rule folder; empty without one. Throws an error that names file and place. */
export function judgementsIn(root: string, folder: string): readonly Judgement[] {
  const path = join(root, folder, 'precision.json');
  if (!existsSync(path)) return [];
  const result = z.array(judgement).safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${folder}/precision.json: ${issue?.path.join('.') || 'it'}: ${issue?.message}.`);
}

/** All rows of a rule in one. `share` is the part of the findings read that would be right today, 0 to 1. */
export interface Precision {
  readonly repositories: number;
  readonly right: number;
  readonly wrong: number;
  readonly still: number;
  /** `undefined` when nothing was found anywhere. */
  readonly share: number | undefined;
}

/** Sums up the judgements of one rule. */
export function precisionOf(rows: readonly Judgement[]): Precision {
  const sum = (key: 'right' | 'wrong' | 'still') => rows.reduce((total, row) => total + row[key], 0);
  const [right, wrong, still] = [sum('right'), sum('wrong'), sum('still')];
  return {
    repositories: rows.length,
    right,
    wrong,
    still,
    share: right + still === 0 ? undefined : right / (right + still),
  };
}

/** The share of right findings below which a rule of this priority has to be off by default. */
export function barOf(priority: 'P0' | 'P1' | 'P2' | 'P3'): number {
  return priority === 'P0' || priority === 'P1' ? 0.95 : 0.9;
}
