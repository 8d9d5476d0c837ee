import type { z } from 'zod';

/** A zod issue outside any union, with its path from the top. */
export type PlainIssue = Exclude<z.core.$ZodIssue, z.core.$ZodIssueInvalidUnion> | NoBranchFits;

/** A value that no branch of a union accepts, with what the branches would accept. */
export interface NoBranchFits {
  readonly code: 'no_branch_fits';
  readonly path: PropertyKey[];
  readonly message: string;
  readonly values: readonly string[];
  readonly types: readonly string[];
}

export interface Salvaged<T> {
  /** What the schema made of the parts that are right; `undefined` when nothing is left. */
  readonly value: T | undefined;
  /** The parts that are right, as they were written. */
  readonly input: unknown;
  readonly issues: readonly PlainIssue[];
}

/** Validates and cuts out what is wrong, part by part, until the rest is valid. */
export function salvage<T>(schema: z.ZodType<T>, input: unknown): Salvaged<T> {
  const issues: PlainIssue[] = [];
  const rest: unknown = structuredClone(input);
  for (;;) {
    const result = schema.safeParse(rest);
    if (result.success) return { value: result.data, input: rest, issues };
    const found = result.error.issues.flatMap((issue) => plainIssues(issue));
    issues.push(...found);
    // From the back, so that cutting an array item does not move those still to be cut.
    const cuts = found.flatMap(cutsOf).sort(byPathDescending);
    let cut = false;
    for (const path of cuts) {
      if (path.length === 0) return { value: undefined, input: undefined, issues };
      cut = remove(rest, path) || cut;
    }
    if (!cut) return { value: undefined, input: undefined, issues };
  }
}

function plainIssues(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[] = []): PlainIssue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ ...issue, path }];
  const fitting = issue.errors.find((branch) => branch.every((inner) => inner.path.length > 0 || !isMismatch(inner)));
  if (fitting !== undefined && fitting.length > 0) return fitting.flatMap((inner) => plainIssues(inner, path));
  const inner = issue.errors.flat();
  const values = inner.flatMap((branch) => (branch.code === 'invalid_value' ? branch.values.map(String) : []));
  const types = inner.flatMap((branch) => (branch.code === 'invalid_type' ? [branch.expected] : []));
  return [{ code: 'no_branch_fits', path, message: issue.message, values, types }];
}

function isMismatch(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union';
}

function cutsOf(issue: PlainIssue): PropertyKey[][] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

function byPathDescending(a: readonly PropertyKey[], b: readonly PropertyKey[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const x = a[index];
    const y = b[index];
    if (x !== y) return typeof x === 'number' && typeof y === 'number' ? y - x : String(y) < String(x) ? -1 : 1;
  }
  return b.length - a.length;
}

/** Removes what is at a path; when it is not there (a required key is missing), what should hold it. */
function remove(root: unknown, path: readonly PropertyKey[]): boolean {
  let holder: unknown = root;
  for (const [index, key] of path.entries()) {
    const last = index === path.length - 1;
    if (Array.isArray(holder) && typeof key === 'number' && key < holder.length) {
      if (last) {
        holder.splice(key, 1);
        return true;
      }
      holder = holder[key];
    } else if (typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)) {
      if (last) return Reflect.deleteProperty(holder, key);
      holder = Reflect.get(holder, key);
    } else {
      return index > 0 && remove(root, path.slice(0, -1));
    }
  }
  return false;
}
