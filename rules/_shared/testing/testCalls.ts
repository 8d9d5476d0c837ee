import { type FileHeader, ts, unwrap } from '#api';
import { isFunctionValue } from '../enclosing.ts';

/** Modules that give a file its test functions. `test` is Node's `node:test`. */
const RUNNERS = new Set(['vitest', '@jest/globals', 'mocha', 'test', 'bun:test', '@playwright/test', 'jasmine']);

/** `it` or `test` of a runner. */
export function isTestFunction(name: ts.Identifier, header: FileHeader): boolean {
  return /^(?:it|test|specify)$/.test(name.text) && isRunner(header.resolve(name), name.text);
}

/** Globals, imports of a runner, and what a file of the project makes of them under the same name. */
export function isRunner(target: string | undefined, name: string): boolean {
  if (target === undefined) return false;
  const [module = '', member = ''] = target.split('#');
  if (module === 'global') return member === name;
  return RUNNERS.has(module) || (module.startsWith('.') && member === name);
}

/** What a test runs. */
export type TestBody = ts.ArrowFunction | ts.FunctionExpression;

/** The function behind the title of a test or a suite. */
export function bodyOf(call: ts.CallExpression): TestBody | undefined {
  const [title, ...rest] = call.arguments;
  if (title === undefined || isFunctionValue(title)) return undefined;
  return rest.find(isFunctionValue);
}

/** A test that runs: its call and what it runs. */
export interface Test {
  readonly call: ts.CallExpression;
  readonly body: TestBody;
  /** Empty when it is no plain text. */
  readonly title: string;
  /** Runs once for each row of a table, which its parameters take. */
  readonly isTable: boolean;
}

/** Reads a call as a test that is run, alone or not: `it(…)`, `test.concurrent(…)`, `it.each(…)(…)`; `undefined` for all others. */
export function testOf(call: ts.CallExpression, header: FileHeader): Test | undefined {
  let callee: ts.Node = unwrap(call.expression);
  let isTable = false;
  for (;;) {
    if (ts.isIdentifier(callee)) break;
    if (ts.isPropertyAccessExpression(callee)) {
      if (!/^(?:only|concurrent|sequential|each|for)$/.test(callee.name.text)) return undefined;
      isTable ||= /^(?:each|for)$/.test(callee.name.text);
      callee = unwrap(callee.expression);
    } else if (ts.isCallExpression(callee)) callee = unwrap(callee.expression);
    else if (ts.isTaggedTemplateExpression(callee)) callee = unwrap(callee.tag);
    else return undefined;
  }
  if (!/^(?:it|test|specify|fit)$/.test(callee.text)) return undefined;
  const body = bodyOf(call);
  if (body === undefined || !isRunner(header.resolve(callee), callee.text)) return undefined;
  const [title] = call.arguments;
  return { call, body, title: title && ts.isStringLiteralLike(title) ? title.text : '', isTable };
}
