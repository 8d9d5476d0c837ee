import type { z } from 'zod';

/** A line that does not count, and why, in words for whoever keeps the file. */
export interface LineProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export interface JsonLines<T> {
  /** In the order of their lines. */
  readonly values: readonly T[];
  /** At most twenty; for a file that is too large a single one. */
  readonly problems: readonly LineProblem[];
  /** The first wrong line that is not told any more, 1-based. */
  readonly untoldFrom: number | undefined;
}

const MAX_PROBLEMS = 20;

/**
 * Reads a file of JSON objects, one in each line, so that two branches that both add lines merge as text. Lines that do not
 * fit the schema are told about and left out; a text of more than `maxSize` characters is not read at all. Never throws.
 */
export function readJsonLines<T>(
  text: string | undefined,
  schema: z.ZodType<T>,
  { maxSize }: { readonly maxSize: number },
): JsonLines<T> {
  if (text === undefined) return { values: [], problems: [], untoldFrom: undefined };
  if (text.length > maxSize) {
    const message = `The file is larger than ${maxSize / 1024 / 1024} MB and was not read.`;
    return { values: [], problems: [{ line: 1, message }], untoldFrom: undefined };
  }
  const values: T[] = [];
  const problems: LineProblem[] = [];
  let untoldFrom: number | undefined;
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line, schema);
    if ('value' in read) values.push(read.value);
    else if (problems.length < MAX_PROBLEMS) problems.push({ line: index + 1, message: read.problem });
    else untoldFrom ??= index + 1;
  }
  return { values, problems, untoldFrom };
}

function readLine<T>(line: string, schema: z.ZodType<T>): { readonly value: T } | { readonly problem: string } {
  if (/^(?:<{7}|={7}|>{7}|\|{7})/.test(line)) {
    return { problem: 'A merge was left unfinished here. Keep the lines of both sides.' };
  }
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'This line is not JSON. Mend it or delete it.' };
  }
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  const [issue] = result.error.issues;
  return { problem: `This line is not a record: ${issue?.path.join('.') || 'it'} is wrong (${issue?.message}).` };
}
