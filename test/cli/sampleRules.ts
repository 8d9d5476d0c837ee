import { z } from 'zod';
import { type RegisteredRule, register, rule, ts } from '#api';

const meta = (summary: string) => ({ since: 'next', summary, topics: [] });

const callee = (node: ts.CallExpression) => (ts.isIdentifier(node.expression) ? node.expression.text : '');

/** Rules that react to calls of made-up functions: one of each kind of fix, and one that is broken. */
export const sampleRules: readonly RegisteredRule[] = [
  register(
    'reliability',
    'no-suggested',
    rule({
      meta: { ...meta('Calls of suggested().'), priority: 'P2', messages: { found: 'Do not call {name} here.' } },
      options: z.strictObject({}),
      node: {
        on: {
          CallExpression(node, ctx) {
            if (callee(node) === 'suggested') ctx.report(node, 'found', { name: 'suggested' });
          },
        },
      },
      fixes: {
        found: [
          { title: 'Remove the call', safety: 'suggest', edits: (ctx, finding) => [ctx.replace(finding, 'undefined')] },
        ],
      },
    }),
  ),
  register(
    'security',
    'no-danger',
    rule({
      meta: {
        ...meta('Calls of danger().'),
        priority: 'P0',
        messages: {
          found:
            'danger() opens the door to everybody, because nothing behind it asks who is there. Call guarded() instead, or explain in a comment why this one is meant.',
        },
        references: [{ title: 'CWE-862', url: 'https://cwe.mitre.org/data/definitions/862.html' }],
      },
      options: z.strictObject({}),
      node: {
        on: {
          CallExpression(node, ctx) {
            if (callee(node) === 'danger') ctx.report(node, 'found');
          },
        },
      },
    }),
  ),
  register(
    'security',
    'no-fixable',
    rule({
      meta: { ...meta('Calls of fixable().'), priority: 'P1', messages: { found: 'Call fixed() instead.' } },
      options: z.strictObject({}),
      node: {
        on: {
          CallExpression(node, ctx) {
            if (callee(node) === 'fixable') ctx.report(node.expression, 'found');
          },
        },
      },
      fixes: {
        found: [{ title: 'Call fixed()', safety: 'safe', edits: (ctx, finding) => [ctx.replace(finding, 'fixed')] }],
      },
    }),
  ),
  register(
    'testing',
    'explodes',
    rule({
      meta: { ...meta('Fails at calls of explode().'), priority: 'P3', messages: { found: 'Never reported.' } },
      options: z.strictObject({}),
      node: {
        on: {
          CallExpression(node) {
            if (callee(node) === 'explode') throw new Error('broken rule');
          },
        },
      },
    }),
  ),
];
