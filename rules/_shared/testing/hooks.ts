import { ts } from '#api';
import { isFunctionValue } from '../enclosing.ts';

/** Functions of test runners that run their callback when a suite, a test or the process is done. */
const CLEANUP =
  /^(?:afterAll|afterEach|after|teardown|suiteTeardown|tearDown|onTestFinished|addCleanup|defer|onExit|tearDownAll|globalTeardown)$/;

/** Functions that run their callback before the tests. */
const SETUP = /^(?:beforeAll|beforeEach|before|setup|suiteSetup)$/;

/** The function around a node that a test runner was given, with the name it was given under. */
export interface Hook {
  readonly name: string;
  readonly call: ts.CallExpression;
  readonly callback: ts.ArrowFunction | ts.FunctionExpression;
}

/** The nearest clean-up hook around a node. */
export function cleanupHook(node: ts.Node): Hook | undefined {
  return hookAround(node, CLEANUP);
}

/** The nearest set-up hook around a node. */
export function setupHook(node: ts.Node): Hook | undefined {
  return hookAround(node, SETUP);
}

function hookAround(node: ts.Node, names: RegExp): Hook | undefined {
  for (let inner = node; inner.parent !== undefined; inner = inner.parent) {
    const call = inner.parent;
    if (!ts.isCallExpression(call) || !isFunctionValue(inner)) continue;
    const name = calleeName(call);
    if (name !== undefined && names.test(name)) return { name, call, callback: inner };
  }
  return undefined;
}

/** `afterAll` of `afterAll(…)`, `after` of `t.after(…)`. */
export function calleeName(call: ts.CallExpression | ts.NewExpression): string | undefined {
  const callee = call.expression;
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

/** The hook that undoes what a set-up hook did, as the same runner calls it. */
export function counterpart(setup: string): string {
  switch (setup) {
    case 'beforeEach':
      return 'afterEach';
    case 'before':
      return 'after';
    case 'setup':
      return 'teardown';
    case 'suiteSetup':
      return 'suiteTeardown';
    default:
      return 'afterAll';
  }
}
