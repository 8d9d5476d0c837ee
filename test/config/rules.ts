import { z } from 'zod';
import { type RegisteredRule, register, rule } from '#engine/api/rule.ts';

const plain = (summary: string) => ({
  priority: 'P1' as const,
  since: 'next',
  summary,
  topics: [],
  messages: { found: 'Found.' },
});

/** Rules with options, without, and one that is off by default: enough to see every kind of setting. */
export const sampleRules: readonly RegisteredRule[] = [
  register(
    'security',
    'open-door',
    rule({
      meta: plain('A door is open.'),
      options: z.strictObject({
        allow: z.array(z.string()).default([]).describe('Doors that may be open.'),
        limit: z.int().min(1).default(3).describe('How many.'),
      }),
    }),
  ),
  register('security', 'unlocked-window', rule({ meta: plain('A window.'), options: z.strictObject({}) })),
  register(
    'resources',
    'running-tap',
    rule({ meta: { ...plain('Water.'), enabled: false }, options: z.strictObject({}) }),
  ),
];
