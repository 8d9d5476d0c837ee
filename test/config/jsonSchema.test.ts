import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { configJsonSchema } from '#engine/config/jsonSchema.ts';
import { sampleRules } from './rules.ts';

const schema = JSON.parse(JSON.stringify(configJsonSchema(sampleRules)));
const ajv = new Ajv({ strict: false, allErrors: true });
const validate = ajv.compile(schema);

test('accepts what the configuration accepts', () => {
  for (const value of [
    {},
    { $schema: 'x', extends: './a.json', include: ['src'], exclude: [] },
    { extends: ['a', 'b'], rules: { 'security/open-door': 'P0', 'resources/running-tap': 'off' } },
    { rules: { 'security/open-door': { enabled: true, priority: 'P2', options: { limit: 2 } } } },
    { categories: { security: 'off', data: { priority: 'P1' } } },
    { overrides: [{ files: ['a'], rules: {} }], providers: { logger: ['./log#log'] }, budgets: { maxFileSize: 2048 } },
  ]) {
    assert.equal(validate(value), true, JSON.stringify([value, validate.errors]));
  }
});

test('refuses what the configuration refuses', () => {
  for (const value of [
    [],
    { colour: 1 },
    { rules: { 'no/such': 'off' } },
    { rules: { 'security/open-door': 'P9' } },
    { rules: { 'security/open-door': { options: { limit: 0 } } } },
    { rules: { 'security/open-door': { options: { other: 0 } } } },
    { overrides: [{ rules: {} }] },
    { providers: { logger: ['./log'] } },
    { budgets: { maxFileSize: 1 } },
  ]) {
    assert.equal(validate(value), false, JSON.stringify(value));
  }
});

test('describes rules and options for completion', () => {
  const rule = schema.properties.rules.properties['security/open-door'];
  assert.equal(rule.description, 'A door is open.');
  const options = rule.anyOf[1].properties.options.properties;
  assert.equal(options.limit.description, 'How many.');
  assert.equal(options.limit.default, 3);
});
