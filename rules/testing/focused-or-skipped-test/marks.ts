import { type FileHeader, ts, unwrap } from '#api';

/** `it.only`, `fdescribe` …: what is written to run a test alone or not at all; the name of a test without statements. */
export interface Mark {
  readonly kind: 'focused' | 'skipped' | 'emptied';
  /** What the test would be called with otherwise: the text to cut, or the name without its first letter. */
  readonly at: ts.PropertyAccessExpression | ts.Identifier;
}

const NAMES = new Set(['describe', 'it', 'test', 'suite', 'context', 'specify']);
const PREFIXED = /^([fx])(?:describe|it|test|context|specify)$/;
/** Members that come between the function and its mark. */
const BETWEEN = new Set(['concurrent', 'sequential', 'serial', 'parallel', 'describe']);
const RUNNERS = new Set(['vitest', '@jest/globals', 'mocha', 'test', 'bun:test', '@playwright/test', 'jasmine']);

/** Reads a name or member access; `undefined` when it marks nothing. */
export function markOf(node: ts.PropertyAccessExpression | ts.Identifier, header: FileHeader): Mark | undefined {
  if (ts.isIdentifier(node)) {
    const prefix = PREFIXED.exec(node.text)?.[1];
    if (prefix === undefined || header.resolve(node) !== `global#${node.text}`) return undefined;
    return { kind: prefix === 'f' ? 'focused' : 'skipped', at: node };
  }
  const kind = node.name.text === 'only' ? 'focused' : node.name.text === 'skip' ? 'skipped' : undefined;
  if (kind === undefined) return undefined;
  let base = unwrap(node.expression);
  while (ts.isPropertyAccessExpression(base) && BETWEEN.has(base.name.text)) base = unwrap(base.expression);
  if (!ts.isIdentifier(base) || !NAMES.has(base.text) || !isRunner(header.resolve(base), base.text)) return undefined;
  return { kind, at: node };
}

/** `it` or `test` of a runner. */
export function isTestFunction(name: ts.Identifier, header: FileHeader): boolean {
  return /^(?:it|test|specify)$/.test(name.text) && isRunner(header.resolve(name), name.text);
}

/** Globals, imports of a runner, and what a file of the project makes of them under the same name. */
function isRunner(target: string | undefined, name: string): boolean {
  if (target === undefined) return false;
  const [module = '', member = ''] = target.split('#');
  if (module === 'global') return member === name;
  return RUNNERS.has(module) || (module.startsWith('.') && member === name);
}

/** The call that declares the test, with its title and its body, over `.each(…)` in between. */
export function declaration(mark: ts.Node): ts.CallExpression | undefined {
  let node = mark;
  for (;;) {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
      if (!/^(?:each|for|concurrent|sequential)$/.test(parent.name.text)) return undefined;
    } else if (ts.isCallExpression(parent) && parent.expression === node) {
      const body = bodyOf(parent);
      if (body !== undefined) return parent;
      if (!ts.isPropertyAccessExpression(node) || !/^(?:each|for)$/.test(node.name.text)) return undefined;
    } else if (!ts.isTaggedTemplateExpression(parent) || parent.tag !== node) return undefined;
    node = parent;
  }
}

/** The function behind the title. */
export function bodyOf(call: ts.CallExpression): ts.ArrowFunction | ts.FunctionExpression | undefined {
  const [title, ...rest] = call.arguments;
  if (title === undefined || isFunction(title)) return undefined;
  return rest.find(isFunction);
}

function isFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}
