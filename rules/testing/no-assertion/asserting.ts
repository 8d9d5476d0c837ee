import { type FileHeader, ts, unwrap } from '#api';
import { isTautology } from './tautologies.ts';

/** What is asked of the file around a test. */
export interface Surroundings {
  readonly header: FileHeader;
  lookup(identifier: ts.Identifier): ts.Declaration | undefined;
}

/** `afterEach(…)`: what it asserts is asserted for each test. */
export interface AfterEach {
  readonly kind: 'afterEach';
  readonly hook: ts.Expression;
}

/** A hook that runs after tests, by its name. */
export function afterEachOf(call: ts.CallExpression): AfterEach | undefined {
  const [hook] = call.arguments;
  const isHook = ts.isIdentifier(call.expression) && /^(?:afterEach|teardown|afterAll)$/.test(call.expression.text);
  return isHook && hook !== undefined ? { kind: 'afterEach', hook } : undefined;
}

/** Words in names of functions that compare, wait for something or throw. */
const ASSERTING =
  /expect|assert|should|verif|check|must|ensure|fail|throw|reject|match|snapshot|valid|compare|equal|wait|confirm|screenshot|prove|inspect|^(?:get|find)(?:All)?By|^test[A-Z_]|^(?:run|done|plan|ok|is|same|toBe\w*)$|^run[A-Z]/i;

/** Names of what drives a program from outside and throws where something is missing. */
const DRIVER =
  /^(?:cy|page|browser|driver|device|element|harness|tester|robot|screen|I|t)$|(?:Page|Harness|Tester|Driver|Robot|Scenario|Suite|Fixture|po)$/;

/** Modules of a project that its tests share. */
const HELPERS = /test|spec|helper|util|support|fixture|harness|setup|mock|common|shared/i;

/** `expect(…)…`, `assert.…(…)`: what judges by its own name, whoever it comes from. */
const JUDGE = /^(?:expect|assert)$/;

/**
 * Whether a test calls a judge in its own text, as nearly all do, about more than what stands in the source. Reads nothing
 * but the node, so it is asked once per statement; the many ways to judge through others are left to {@link asserts}.
 */
export function assertsAtOnce(node: ts.Node): boolean {
  if (ts.isExpressionStatement(node) && isTautology(unwrap(node.expression))) return false;
  if (ts.isIdentifier(node)) return JUDGE.test(node.text) && isCallee(node);
  // Tests judge at their end.
  return ts.isBlock(node)
    ? node.statements.findLast(assertsAtOnce) !== undefined
    : ts.forEachChild(node, assertsAtOnce) === true;
}

/** `expect` of `expect(x)`, `assert` of `assert.equal(x, y)`. */
function isCallee(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isCallExpression(parent)) return parent.expression === name;
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === name &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
  );
}

/**
 * Whether something in a node may make a test fail by judging: a call of a function with such a name, also in functions of
 * this file that it calls, a `throw`, and calls of what tests share.
 * @param ignored calls that do not count, whatever their name
 */
export function asserts(node: ts.Node, around: Surroundings, ignored: ReadonlySet<ts.Node> = new Set()): boolean {
  const seen = new Set<ts.Node>();
  const visit = (at: ts.Node): boolean => {
    if (ignored.has(at)) return false;
    if (ts.isThrowStatement(at)) return true;
    if (ts.isIdentifier(at) && ts.isCallExpression(at.parent) && at.parent.arguments.includes(at)) return reaches(at);
    if (ts.isPropertyAccessExpression(at) && /^(?:should|must)$/.test(at.name.text)) return true;
    const callee = ts.isCallExpression(at) || ts.isNewExpression(at) ? at.expression : undefined;
    return (callee !== undefined && judges(callee)) || ts.forEachChild(at, visit) === true;
  };
  const judges = (callee: ts.Expression): boolean => {
    let part: ts.Node = unwrap(callee);
    for (;;) {
      if (ts.isPropertyAccessExpression(part)) {
        if (ASSERTING.test(part.name.text)) return true;
        part = unwrap(part.expression);
      } else if (ts.isElementAccessExpression(part) || ts.isCallExpression(part)) part = unwrap(part.expression);
      else break;
    }
    if (part.kind === ts.SyntaxKind.ThisKeyword) return true;
    return ts.isIdentifier(part) && (ASSERTING.test(part.text) || DRIVER.test(part.text) || reaches(part));
  };
  /** Whether a name of this file stands for code that judges, or for something that tests share. */
  const reaches = (name: ts.Identifier): boolean => {
    const module = around.header.resolve(name)?.split('#')[0] ?? '';
    if (/^[.@~#/]/.test(module) && HELPERS.test(module)) return true;
    const declaration = around.lookup(name);
    if (declaration === undefined || seen.has(declaration)) return false;
    seen.add(declaration);
    if (ts.isFunctionDeclaration(declaration)) return declaration.body !== undefined && visit(declaration.body);
    return (
      ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && visit(declaration.initializer)
    );
  };
  return ts.isIdentifier(node) ? ASSERTING.test(node.text) || reaches(node) : visit(node);
}
