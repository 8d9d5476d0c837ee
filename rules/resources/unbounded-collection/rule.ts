import { z } from 'zod';
import { type FileHeader, rule, ts, unwrap } from '#api';
import { keeperOf } from '../../_shared/lifecycle/keeping.ts';
import { preparesData } from '../../_shared/places.ts';
import { isBounded } from './bounded.ts';
import { collectionOf, GROWS, type Growth, growthOf } from './collections.ts';
import { occasionOf } from './endless.ts';
import { useLru } from './useLru.ts';

/** Members of classes, and what the header says is declared at top level. */
function collect(node: ts.CallExpression | ts.BinaryExpression, { topLevel }: FileHeader): Growth | undefined {
  const growth = growthOf(node);
  const collection = growth && unwrap(growth.collection);
  if (collection === undefined) return undefined;
  if (ts.isIdentifier(collection)) return topLevel.has(collection.text) ? growth : undefined;
  if (!ts.isPropertyAccessExpression(collection)) return undefined;
  const base = unwrap(collection.expression);
  const isOwn = base.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(base) && topLevel.has(base.text));
  return isOwn ? growth : undefined;
}

export const options = z.strictObject({
  max: z.int().min(1).default(1000).describe('How many entries the cache of the fix keeps.'),
});

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Collections that grow with every request and never shrink.',
    promise: 'What is kept in memory has a bound',
    topics: ['memory leak', 'unbounded cache', 'unbounded map', 'in-memory cache', 'lru'],
    subject: ['Map', 'Set', 'LRUCache', 'cache'],
    references: [
      {
        title: 'CWE-401: Missing Release of Memory after Effective Lifetime',
        url: 'https://cwe.mitre.org/data/definitions/401.html',
      },
      {
        title: 'CWE-770: Allocation of Resources Without Limits or Throttling',
        url: 'https://cwe.mitre.org/data/definitions/770.html',
      },
    ],
    messages: {
      grows:
        '{collection} gets one more entry with each {occasion} and nothing ever takes one out, so the process uses more and more memory until it is killed. Remove entries when they are done, or keep only the newest.',
    },
  },
  options,
  file: {
    collect: {
      CallExpression: {
        named: (name) => Object.hasOwn(GROWS, name),
        listen: (node, { header }) => collect(node, header),
      },
      BinaryExpression: (node, { header }) => collect(node, header),
    },
    /** Together, because one answer holds for all that adds to a collection, and one finding is enough. */
    check(ctx) {
      if (preparesData(ctx.header.localPath)) return;
      const answered = new Map<ts.Declaration, 'bounded' | 'reported' | 'unbounded'>();
      // What else has the name of a variable that is settled is a local one, which is none of these.
      const settled = new Set<string>();
      for (const growth of ctx.scope.all()) {
        const target = unwrap(growth.collection);
        if (ts.isIdentifier(target) && settled.has(target.text)) continue;
        const collection = collectionOf(growth, ctx);
        const declaration = collection?.declaration;
        if (collection === undefined || declaration === undefined) continue;
        const known = answered.get(declaration);
        if (known === 'bounded' || known === 'reported') continue;
        const keeper = keeperOf(target, ctx.lookup);
        const settle = (): void => {
          if (ts.isIdentifier(target)) settled.add(target.text);
        };
        if (keeper === undefined || (known === undefined && isBounded(collection, keeper, ctx))) {
          answered.set(declaration, 'bounded');
          settle();
          continue;
        }
        const occasion = occasionOf(growth, collection, ctx);
        answered.set(declaration, occasion === undefined ? 'unbounded' : 'reported');
        if (occasion === undefined) continue;
        settle();
        ctx.report(
          declaration.name,
          'grows',
          { collection: collection.text, occasion },
          { related: [{ at: growth.node, label: 'An entry is added here.' }] },
        );
      }
    },
  },
  fixes: { grows: [useLru] },
});
