import { z } from 'zod';
import type { RegisteredRule } from '../api/rule.ts';
import { configSchema } from './schema.ts';

/** JSON schema of airworthy.json for these rules, in the draft that editors understand best. Plain JSON data. */
export function configJsonSchema(rules: readonly RegisteredRule[]): z.core.JSONSchema.BaseSchema {
  return {
    // Without io "input" every option that has a default would become required.
    ...z.toJSONSchema(configSchema(rules), { io: 'input', target: 'draft-7', unrepresentable: 'any' }),
    allowComments: true,
    allowTrailingCommas: true,
  };
}
