import { type FileHeader, ts, unwrap } from '#api';
import { bodyOf, isRunner } from '../../_shared/testing/testCalls.ts';

/** `it.only`, `fdescribe` …: what is written to run a test alone or not at all; the name of a test without statements. */
export interface Mark {
  readonly kind: 'focused' | 'skipped' | 'emptied';
  /** What the test would be called with otherwise: the text to cut, or the name without its first letter. */
  readonly at: ts.PropertyAccessExpression | ts.Identifier;
}

const NAMES = new Set(['describe', 'it', 'test', 'suite', 'context', 'specify']);
export const PREFIXED = /^([fx])(?:describe|it|test|context|specify)$/;
/** Members that come between the function and its mark. */
const BETWEEN = new Set(['concurrent', 'sequential', 'serial', 'parallel', 'describe']);

/** `fit` of `fit(…)` and of `fit.each(…)`; `undefined` for what is no such name. */
export function prefixOf(node: ts.Expression, header: FileHeader): Mark | undefined {
  const prefix = ts.isIdentifier(node) ? PREFIXED.exec(node.text)?.[1] : undefined;
  if (!ts.isIdentifier(node) || prefix === undefined) return undefined;
  if (header.resolve(node) !== `global#${node.text}`) return undefined;
  return { kind: prefix === 'f' ? 'focused' : 'skipped', at: node };
}

/** `.only` and `.skip` of a runner's function; `undefined` for other members. */
export function markOf(node: ts.PropertyAccessExpression, header: FileHeader): Mark | undefined {
  const kind = node.name.text === 'only' ? 'focused' : node.name.text === 'skip' ? 'skipped' : undefined;
  if (kind === undefined) return undefined;
  let base = unwrap(node.expression);
  while (ts.isPropertyAccessExpression(base) && BETWEEN.has(base.name.text)) base = unwrap(base.expression);
  if (!ts.isIdentifier(base) || !NAMES.has(base.text) || !isRunner(header.resolve(base), base.text)) return undefined;
  return { kind, at: node };
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
