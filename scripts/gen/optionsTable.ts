import { z } from 'zod';
import { cell } from './describe.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A JSON schema in the notation of TypeScript types, as readers of the documentation know it. */
function typeText(schema: JsonSchema | boolean | undefined): string {
  if (schema === undefined || typeof schema === 'boolean') return 'unknown';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return union.map(typeText).join(' | ');
  if (schema.type === 'array') {
    const item = typeText(Array.isArray(schema.items) ? schema.items[0] : schema.items);
    return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
  }
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties ?? {});
    if (properties.length === 0) return `Record<string, ${typeText(schema.additionalProperties)}>`;
    const required = new Set(schema.required);
    return `{ ${properties.map(([key, value]) => `${key}${required.has(key) ? '' : '?'}: ${typeText(value)}`).join('; ')} }`;
  }
  return schema.type === 'integer' ? 'number' : `${schema.type ?? 'unknown'}`;
}

export interface OptionRow {
  readonly name: string;
  readonly type: string;
  /** JSON of the default, `undefined` for a required option. */
  readonly default: string | undefined;
  readonly description: string;
}

/** The options a rule's schema declares. Throws when the schema is not an object. */
export function optionRows(options: z.ZodType): readonly OptionRow[] {
  const schema = z.toJSONSchema(options, { io: 'input' });
  if (schema.type !== 'object') throw new Error("a rule's options are a z.strictObject");
  return Object.entries(schema.properties ?? {}).map(([name, value]) => {
    const property = typeof value === 'boolean' ? {} : value;
    return {
      name,
      type: typeText(property),
      default: property.default === undefined ? undefined : JSON.stringify(property.default),
      description: property.description ?? '',
    };
  });
}

/** The same as a Markdown table; empty when there are none. */
export function optionsTable(options: z.ZodType): string {
  const rows = optionRows(options);
  if (rows.length === 0) return '';
  return [
    '| Option | Type | Default | |',
    '|---|---|---|---|',
    ...rows.map((row) =>
      [
        `| \`${row.name}\``,
        `\`${cell(row.type)}\``,
        row.default === undefined ? '' : `\`${cell(row.default)}\``,
        `${cell(row.description)} |`,
      ].join(' | '),
    ),
  ].join('\n');
}
