import { z } from 'zod';
import { type FunctionNode, type KindName, type RegisteredRule, register, rule, ts } from '#api';

/**
 * Eighty rules that do what real ones do, without their meaning: so that the benchmark weighs as much as the catalogue
 * will. They report next to nothing, because real rules do so too.
 */

const options = z.strictObject({});

const meta = (summary: string) =>
  ({
    priority: 'P3',
    since: 'next',
    summary,
    topics: [],
    appliesTo: 'everywhere',
    messages: { found: 'Seen {times} times.' },
  }) as const;

const METHODS = [
  'query',
  'publish',
  'json',
  'status',
  'info',
  'error',
  'connect',
  'toISOString',
  'slice',
  'get',
] as const;

/** What a call is called by: `b` in `a.b()` and in `b()`. */
function calleeName(call: ts.CallExpression): string | undefined {
  const { expression } = call;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : undefined;
}

/** Looks at calls: name, module it comes from, shape of the arguments. */
function callRule(n: number): RegisteredRule {
  const method = METHODS[n % METHODS.length] ?? 'query';
  return register(
    'reliability',
    `synthetic-call-${n}`,
    rule({
      meta: meta(`Calls of ${method} with too many arguments.`),
      options,
      node: {
        on: {
          CallExpression(node, ctx) {
            if (calleeName(node) !== method) return;
            if (ctx.header.resolve(node.expression)?.startsWith('global#') === true) return;
            if (node.arguments.length > 5 + n) ctx.report(node, 'found', { times: node.arguments.length });
          },
        },
      },
    }),
  );
}

/** Looks at one kind of node and its children. */
function nodeRule(n: number): RegisteredRule {
  const kinds: readonly KindName[] = [
    'IfStatement',
    'BinaryExpression',
    'PropertyAccessExpression',
    'VariableDeclaration',
  ];
  const kind = kinds[n % kinds.length] ?? 'IfStatement';
  return register(
    'security',
    `synthetic-node-${n}`,
    rule({
      meta: meta(`${kind} with too many parts.`),
      options,
      node: {
        on: {
          [kind]: (node: ts.Node, ctx: { report(at: ts.Node, message: 'found', data: { times: number }): void }) => {
            let parts = 0;
            ts.forEachChild(node, () => {
              parts++;
            });
            if (parts > 9 + n) ctx.report(node, 'found', { times: parts });
          },
        },
      },
    }),
  );
}

/** Looks at text: string literals and templates. */
function textRule(n: number): RegisteredRule {
  const pattern = new RegExp(`\\b(?:secret|password|drop table)${n}\\b`, 'i');
  return register(
    'data',
    `synthetic-text-${n}`,
    rule({
      meta: meta('Texts that should not be here.'),
      options,
      node: {
        on: {
          StringLiteral(node, ctx) {
            if (pattern.test(node.text)) ctx.report(node, 'found', { times: 1 });
          },
          TemplateExpression(node, ctx) {
            if (pattern.test(node.head.text)) ctx.report(node, 'found', { times: 1 });
          },
        },
      },
    }),
  );
}

/** Follows what a function does: gathers awaited calls per statement and judges their order per function. */
function awaitFlowRule(n: number): RegisteredRule {
  const method = METHODS[n % METHODS.length] ?? 'query';
  return register(
    'reliability',
    `synthetic-await-${n}`,
    rule({
      meta: meta(`Functions that await ${method} too often.`),
      options,
      function: {
        collect: {
          AwaitExpression: (node): { readonly name: string } | undefined => {
            const call = node.expression;
            const name = ts.isCallExpression(call) ? calleeName(call) : undefined;
            return name === method ? { name } : undefined;
          },
        },
        check(fn: FunctionNode, ctx) {
          const times = ctx.scope.facts.length;
          if (times > 40 + n) ctx.report(fn, 'found', { times });
        },
      },
    }),
  );
}

interface NameFact {
  readonly name: string;
  readonly write: boolean;
}

/** Follows values: gathers declarations and uses per statement, and looks for names that are used before a write. */
function valueFlowRule(n: number): RegisteredRule {
  return register(
    'resources',
    `synthetic-value-${n}`,
    rule({
      meta: meta('Names that are written and never read.'),
      options,
      function: {
        collect: {
          VariableDeclaration: (node): NameFact | undefined =>
            ts.isIdentifier(node.name) && node.name.text.length % 10 === n % 10
              ? { name: node.name.text, write: true }
              : undefined,
          CallExpression: (node): NameFact | undefined => {
            const first = node.arguments[0];
            return first !== undefined && ts.isIdentifier(first) && first.text.length % 10 === n % 10
              ? { name: first.text, write: false }
              : undefined;
          },
        },
        check(fn: FunctionNode, ctx) {
          const written = new Set<string>();
          let unread = 0;
          for (const { name, write } of ctx.scope.all()) {
            if (write) written.add(name);
            else if (!written.has(name)) unread++;
          }
          if (unread > 10_000) ctx.report(fn, 'found', { times: unread });
        },
      },
    }),
  );
}

const sixteen = Array.from({ length: 16 }, (_, n) => n);

/** 48 node rules and 32 function rules. */
export const syntheticRules: readonly RegisteredRule[] = [
  callRule,
  nodeRule,
  textRule,
  awaitFlowRule,
  valueFlowRule,
].flatMap((make) => sixteen.map(make));
