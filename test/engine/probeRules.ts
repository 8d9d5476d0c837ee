import { z } from 'zod';
import { type Anchor, type FunctionNode, facet, register, rule, ts } from '#api';

/** Small rules, one per scope, for tests of the engine itself. */

const noOptions = z.strictObject({});
const meta = { priority: 'P2', since: 'next', summary: 'A probe.', topics: [], appliesTo: 'everywhere' } as const;

/** node: calls of the global `eval`. */
export const evalCalls = register(
  'security',
  'probe-eval',
  rule({
    meta: { ...meta, messages: { called: 'eval of {text}' } },
    options: noOptions,
    node: {
      on: {
        CallExpression(node, ctx) {
          if (ctx.header.resolve(node.expression) !== 'global#eval') return;
          ctx.report(node, 'called', { text: node.arguments.length });
        },
      },
    },
    fixes: {
      called: [
        {
          title: 'Remove the call',
          safety: 'safe',
          edits: (ctx) => {
            const call = ctx.node(ts.isCallExpression);
            return call === undefined ? undefined : [ctx.replace(call, 'undefined')];
          },
        },
      ],
    },
  }),
);

/** function: an await inside a loop of the same function. */
export const awaitInLoop = register(
  'reliability',
  'probe-await-in-loop',
  rule({
    meta: { ...meta, messages: { found: 'await in loop' } },
    options: noOptions,
    function: {
      collect: { AwaitExpression: (node): ts.AwaitExpression => node },
      check(fn: FunctionNode, ctx) {
        for (const node of ctx.scope.facts) {
          for (let up: ts.Node = node.parent; up !== fn; up = up.parent) {
            if (ts.isIterationStatement(up, false)) {
              ctx.report(node, 'found');
              break;
            }
          }
        }
      },
    },
  }),
);

/** file: the second and later timers of a file. */
export const manyTimers = register(
  'resources',
  'probe-many-timers',
  rule({
    meta: { ...meta, messages: { extra: 'timer {n}' } },
    options: noOptions,
    file: {
      collect: {
        CallExpression: (node): ts.CallExpression | undefined =>
          ts.isIdentifier(node.expression) && node.expression.text === 'setInterval' ? node : undefined,
      },
      check(ctx) {
        const calls = [...ctx.scope.all()].sort((a, b) => a.pos - b.pos);
        calls.slice(1).forEach((call, i) => {
          if (ctx.header.resolve(call.expression) === 'global#setInterval') ctx.report(call, 'extra', { n: i + 2 });
        });
      },
    },
  }),
);

interface EnvRead {
  readonly name: string;
  readonly at: Anchor;
}

export const envReads = facet<ts.PropertyAccessExpression, readonly EnvRead[]>({
  name: 'probe-env',
  collect: {
    PropertyAccessExpression: (node, ctx) =>
      ctx.header.resolve(node.expression) === 'global#process.env' ? node : undefined,
  },
  fold: (scope, ctx) => [...scope.all()].map((node) => ({ name: node.name.text, at: ctx.at(node) })),
});

/** project: a variable that more than one file reads. */
export const sharedEnv = register(
  'config',
  'probe-shared-env',
  rule({
    meta: { ...meta, messages: { shared: '{name} is read in {files} files' } },
    options: noOptions,
    project: {
      facets: [envReads],
      check(ctx) {
        const files = new Map<string, Set<string>>();
        for (const { path, value } of ctx.all(envReads)) {
          for (const { name } of value) files.set(name, (files.get(name) ?? new Set()).add(path));
        }
        for (const { path, value } of ctx.all(envReads)) {
          for (const { name, at } of value) {
            const count = files.get(name)?.size ?? 0;
            if (count > 1) ctx.report({ path, facet: envReads, anchor: at }, 'shared', { name, files: count });
          }
        }
      },
    },
  }),
);

export const probeRules = [evalCalls, awaitInLoop, manyTimers, sharedEnv];
