import type { EnvRead } from './envFacet.ts';

/** One variable as all its reads together describe it. */
export interface EnvVariable {
  readonly name: string;
  /** zod expression. */
  readonly schema: string;
  /** The module answers with a text, never with `undefined`. */
  readonly isRequired: boolean;
  /** Literal that every read falls back to; the schema takes it over and the reads lose it. */
  readonly fallback: string | undefined;
}

/**
 * Derives a zod schema per variable from how the project reads it, its texts in the given quotes; nothing is asked of those
 * that are only taken `beside` others. Sorted by name.
 */
export function variablesOf(
  reads: readonly EnvRead[],
  beside: readonly string[],
  quote: string,
): readonly EnvVariable[] {
  const byName = new Map<string, EnvRead[]>(beside.map((name) => [name, []]));
  for (const read of reads) byName.set(read.name, [...(byName.get(read.name) ?? []), read]);
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, uses]) => {
      const fallback = commonFallback(uses);
      const schema = schemaOf(uses, fallback, quote);
      return { name, schema, isRequired: !schema.endsWith('.optional()'), fallback };
    });
}

/**
 * A string fallback that all reads agree on. Other types would change what the reads see, and a default of zod stands in for
 * a missing variable alone, while many a compose file hands on an empty one.
 */
function commonFallback(uses: readonly EnvRead[]): string | undefined {
  const [first] = uses;
  const literal = first?.fallback;
  if (literal === undefined || !/^['"`]/.test(literal)) return undefined;
  return uses.every((read) => read.fallback === literal && read.orEmpty !== true) ? literal : undefined;
}

function schemaOf(uses: readonly EnvRead[], fallback: string | undefined, quote: string): string {
  if (uses.length === 0) return 'z.string().optional()';
  const compared = new Set(uses.flatMap((read) => read.compared));
  const isSwitch = compared.size > 0 && [...compared].every((value) => value === 'true' || value === 'false');
  const required = uses.some((read) => read.use === 'required');
  const digits = uses.some((read) => read.orEmpty) ? '*' : '+';
  let base = required ? 'z.string().min(1)' : 'z.string()';
  if (isSwitch && uses.every((read) => read.compared.length > 0))
    base = `z.enum([${quote}true${quote}, ${quote}false${quote}])`;
  else if (uses.every((read) => read.numeric))
    base = `z.string().regex(/^\\d${digits}$/, ${quote}must be a whole number${quote})`;
  if (fallback !== undefined) return `${base}.default(${fallback})`;
  return required ? base : `${base}.optional()`;
}
