/**
 * Rules for protocol tests: one per lane and kind of fix, so that what an editor sees depends on single words in the
 * text and not on what the shipped rules think of it.
 */
import { z } from 'zod';
import { type Anchor, facet, type RegisteredRule, register, rule, ts } from '#api';

function callee(node: ts.CallExpression): string {
  return ts.isIdentifier(node.expression) ? node.expression.text : '';
}

/** `danger()`: a safe fix, one for review, a deferred one, and one that creates a file. */
const danger = rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Reports calls of danger.',
    topics: ['danger'],
    messages: { call: 'danger({arguments}) is called; call safe instead.' },
  },
  options: z.strictObject({}),
  node: {
    on: {
      CallExpression(node, ctx) {
        if (callee(node) === 'danger') ctx.report(node, 'call', { arguments: node.arguments.length });
      },
    },
  },
  fixes: {
    call: [
      {
        title: 'Call safe instead',
        safety: 'safe',
        edits(ctx) {
          const call = ctx.node(ts.isCallExpression);
          return call && [ctx.replace(call.expression, 'safe')];
        },
      },
      {
        title: 'Remove the call',
        safety: 'suggest',
        edits: (ctx, finding) => [ctx.replace(finding, 'undefined')],
      },
      {
        title: 'Wrap the call',
        safety: 'suggest',
        deferred: true,
        edits: (ctx, finding) => [ctx.replace(finding, `wrapped(${ctx.text.slice(finding.start, finding.end)})`)],
      },
      {
        title: 'Describe the call in a file',
        safety: 'suggest',
        edits: (ctx, finding) => [
          { path: ctx.path.replace(/[^/]+$/, 'described.md'), create: '# Danger\n' },
          ctx.insert(finding.start, '/* described */ '),
        ],
      },
    ],
  },
});

/** `register('name')`: a name may be registered once in the project. */
const names = facet<{ name: string; node: ts.Node }, readonly { name: string; at: Anchor }[]>({
  name: 'test-names',
  collect: {
    CallExpression(node) {
      const [argument] = node.arguments;
      if (callee(node) !== 'register' || argument === undefined || !ts.isStringLiteral(argument)) return undefined;
      return { name: argument.text, node: argument };
    },
  },
  fold(scope, ctx) {
    const all = [...scope.all()].map(({ name, node }) => ({ name, at: ctx.at(node) }));
    return all.length === 0 ? undefined : all;
  },
});

const duplicate = rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Reports names that are registered twice.',
    topics: ['names'],
    messages: { twice: 'The name {name} is registered in {count} places; choose another.' },
  },
  options: z.strictObject({}),
  project: {
    facets: [names],
    check(ctx) {
      const byName = new Map<string, { path: string; at: Anchor }[]>();
      for (const { path, value } of ctx.all(names)) {
        for (const { name, at } of value) byName.set(name, [...(byName.get(name) ?? []), { path, at }]);
      }
      for (const [name, places] of byName) {
        if (places.length < 2) continue;
        for (const { path, at } of places) {
          const others = places.filter((place) => place.path !== path || place.at !== at);
          ctx.report(
            { path, facet: names, anchor: at },
            'twice',
            { name, count: places.length },
            others.map((place) => ({ path: place.path, facet: names, anchor: place.at, label: `also ${name}` })),
          );
        }
      }
    },
  },
});

/** `explode()`: the rule throws. `explodeLater()`: it throws when nobody is there to catch it. */
const explosion = rule({
  meta: { priority: 'P2', since: 'next', summary: 'Throws.', topics: ['bug'], messages: { never: 'Never reported.' } },
  options: z.strictObject({}),
  node: {
    on: {
      CallExpression(node) {
        if (callee(node) === 'explode') throw new Error('This rule has a bug.');
        if (callee(node) === 'explodeLater') {
          setTimeout(() => {
            throw new Error('This rule has a late bug.');
          });
          void Promise.reject(new Error('This rule has a rejected bug.'));
        }
      },
    },
  },
});

/** `mend()`: one fix works, one throws when it is offered, one when it is picked. */
const mend = rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Has broken fixes.',
    topics: ['bug'],
    messages: { call: 'Mend it.' },
  },
  options: z.strictObject({}),
  node: {
    on: {
      CallExpression(node, ctx) {
        if (callee(node) === 'mend') ctx.report(node, 'call');
      },
    },
  },
  fixes: {
    call: [
      {
        title: 'Break at once',
        safety: 'safe',
        edits() {
          throw new Error('This fix has a bug.');
        },
      },
      {
        title: 'Break later',
        safety: 'suggest',
        deferred: true,
        edits() {
          throw new Error('This fix has a bug, too.');
        },
      },
      { title: 'Mend', safety: 'safe', edits: (ctx, finding) => [ctx.replace(finding, 'mended()')] },
    ],
  },
});

/** `fragile(value)` with a number: needs types. */
const fragile = rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Reports numbers given to fragile.',
    topics: ['numbers'],
    messages: { number: 'fragile takes no numbers; give it a text.' },
  },
  options: z.strictObject({}),
  types: {
    on: {
      CallExpression(node, ctx) {
        const [argument] = node.arguments;
        if (callee(node) !== 'fragile' || argument === undefined) return;
        if ((ctx.types.typeAt(argument).flags & ts.TypeFlags.NumberLike) !== 0) ctx.report(argument, 'number');
      },
    },
  },
});

export const testRules: readonly RegisteredRule[] = [
  register('reliability', 'danger', danger),
  register('config', 'duplicate-name', duplicate),
  register('testing', 'explosion', explosion),
  register('testing', 'mend', mend),
  register('types', 'fragile', fragile),
];
