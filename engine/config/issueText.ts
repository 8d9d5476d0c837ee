import { z } from 'zod';
import { didYouMean } from './closest.ts';
import type { PlainIssue } from './salvage.ts';
import { categoryNames } from './schema.ts';

/** One mistake in words, and whether it is about the key or the value at its path. */
export interface IssueText {
  readonly path: readonly PropertyKey[];
  readonly at: 'key' | 'value';
  readonly message: string;
}

/** Says what is wrong and what to write instead. `schema` and `input` are what the issue's path starts from. */
export function issueTexts(issue: PlainIssue, schema: z.ZodType, input: unknown): readonly IssueText[] {
  const path = issue.path;
  const found = valueAt(input, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, path);
      return issue.keys.map((key) => ({ path: [...path, key], at: 'key', message: unknownKey(key, path, known) }));
    }
    case 'invalid_type': {
      if (found !== undefined) return [{ path, at: 'value', message: expected([], [issue.expected], found) }];
      const name = String(path.at(-1) ?? '');
      return [{ path: path.slice(0, -1), at: 'value', message: `"${name}" is missing here. Add it.` }];
    }
    case 'invalid_value':
      return [{ path, at: 'value', message: expected(issue.values.map(String), [], found) }];
    case 'no_branch_fits':
      return [{ path, at: 'value', message: expected(issue.values, issue.types, found) }];
    default:
      return [{ path, at: 'value', message: sentence(issue.message) }];
  }
}

function unknownKey(key: string, path: readonly PropertyKey[], known: readonly string[]): string {
  const parent = path.at(-1);
  if (parent === 'rules') {
    if (categoryNames.some((category) => category === key)) {
      return `"${key}" is a category, not a rule. Put it under "categories".`;
    }
    return `Unknown rule "${key}".${didYouMean(key, known) || ' "airworthy rules" lists all of them.'}`;
  }
  if (parent === 'options' && path.length > 1) {
    const list = known.length === 0 ? ' It has none.' : ` It has ${words(known)}.`;
    return `The rule "${String(path.at(-2))}" has no option "${key}".${didYouMean(key, known) || list}`;
  }
  if (parent === 'categories' && key.includes('/')) return `"${key}" looks like a rule. Put it under "rules".`;
  const kind = parent === 'categories' ? 'category' : parent === 'providers' ? 'role' : 'setting';
  const list = known.length === 0 ? '' : ` Known here: ${words(known)}.`;
  return `Unknown ${kind} "${key}".${didYouMean(key, known) || list}`;
}

function expected(values: readonly string[], types: readonly string[], found: unknown): string {
  const choices = [...values.map((value) => JSON.stringify(value)), ...types.map(typeName)];
  const choice = choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  const meant = typeof found === 'string' ? didYouMean(found, values) : '';
  return `Expected ${choice || 'something else'}, found ${shown(found)}.${meant}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function typeName(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    record: 'an object',
  };
  return names[type] ?? type;
}

function words(list: readonly string[]): string {
  return list.map((word) => `"${word}"`).join(', ');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** Keys that a schema knows at a path, through optional parts and unions. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let current = objectLike(schema);
  for (const key of path) {
    if (current instanceof z.ZodObject) current = objectLike(current.shape[String(key)]);
    else if (current instanceof z.ZodArray) current = objectLike(current.element);
    else if (current instanceof z.ZodRecord) current = objectLike(current.valueType);
    else return [];
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function objectLike(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return objectLike(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return objectLike(schema.in);
  if (schema instanceof z.ZodUnion) {
    return schema.options.map(objectLike).find((option) => option instanceof z.ZodObject) ?? schema;
  }
  return schema;
}
