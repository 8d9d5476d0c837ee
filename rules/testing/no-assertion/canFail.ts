import { ts } from '#api';
import type { Test } from '../../_shared/testing/testCalls.ts';
import { asserts, type Surroundings } from './asserting.ts';

/** Titles that say that getting through is all that is asked. */
const SMOKE =
  /throw|crash|error|exception|smoke|render|mount|compil|type|crea|instantiat|construct|import|load|without|no-?op|not\b|n't\b|never|ignor|safe|handle|allow|accept|support|succe|works?\b|should\s+run/i;

/** Whether nothing at all stands in a test, words included. */
export function isEmpty({ body }: Test): boolean {
  return ts.isBlock(body.body) && body.body.statements.length === 0 && body.body.getText().slice(1, -1).trim() === '';
}

/** Whether a test stands in a suite that is skipped. */
export function isLeftOut({ call }: Test): boolean {
  for (let up: ts.Node = call.parent; up !== undefined; up = up.parent) {
    if (
      ts.isCallExpression(up) &&
      /(?:\.(?:skip|todo|fails|skipIf)\b|^x[a-z])/.test(up.expression.getText().slice(0, 60))
    )
      return true;
  }
  return false;
}

/**
 * Whether a test may fail by judging what the code does, or leaves it open: titles that ask for no more than getting through,
 * what runners hand in, tests that only the compiler judges.
 */
export function canFail(test: Test, constants: ReadonlySet<ts.Node>, around: Surroundings): boolean {
  const { body } = test;
  const text = body.getText();
  if (SMOKE.test(test.title) || test.title === '' || /@ts-expect-error|\bsatisfies\b/.test(text)) return true;
  if (ts.isBlock(body.body) && body.body.statements.length === 0) return true;
  if (usesParameters(test) || asserts(body.body, around, constants)) return true;
  return constants.size === 0 && !callsAnything(body.body);
}

/** `done`, `t`, and fixtures: what is done with them cannot be told. Rows of a table are data. */
function usesParameters({ body, isTable }: Test): boolean {
  const names = new Set<string>();
  const add = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name);
  };
  for (const { name } of body.parameters) add(name);
  const uses = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && names.has(node.text)) {
      return !isTable || (ts.isCallExpression(node.parent) && node.parent.expression === node);
    }
    return ts.forEachChild(node, uses) === true;
  };
  return names.size > 0 && uses(body.body);
}

function callsAnything(node: ts.Node): boolean {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return true;
  return ts.forEachChild(node, callsAnything) === true;
}
