import { ts } from '#api';
import { enclosingFunction, isFunctionWithBody } from '../../enclosing.ts';
import { nameWords } from '../../nameWords.ts';
import { has, set } from '../../words.ts';
import { isAccessStep, isIdentityName, namesBypass } from '../accessNames.ts';
import { calleeName, isRegistration, some } from './branch.ts';
import { isLogical } from './holders.ts';
import { nameOf } from './surroundings.ts';

/** Where the answer to a question goes. */
export type Destination =
  /** Kept or returned under a name for who may come in. */
  | 'decision'
  /** Kept as something that is known of somebody: `user.isAdmin = …`. */
  | 'identity'
  /** Handed to what registers guards, or to an assertion. */
  | 'guard'
  /** Nowhere: what stands last is called or not. */
  | 'statement'
  /** The result of a function that is named for something else. */
  | 'result'
  /** Decides what is shown, which keeps nobody out. */
  | 'shown'
  | 'elsewhere';

const SHOWN = set(
  'show shows shown visible visibility display render debug debugger devtools panel ui menu toolbar tab tabs button banner ' +
    'badge link tooltip widget inspector overlay verbose',
);

/** Follows a value to what it is for. */
export function destinationOf(expression: ts.Expression): Destination {
  let at: ts.Node = expression;
  while (isPassedOn(at)) at = at.parent;
  const { parent } = at;
  if (ts.isJsxExpression(parent) || isInComponent(at)) return 'shown';
  if (ts.isExpressionStatement(parent)) return 'statement';
  if (ts.isCallExpression(parent)) {
    return isRegistration(parent) || /assert|ensure/i.test(calleeName(parent)) ? 'guard' : 'elsewhere';
  }
  const isResult = ts.isReturnStatement(parent) || ts.isArrowFunction(parent);
  const name = keptAs(isResult ? enclosingFunction(at) : parent);
  if (name === undefined) return isResult ? 'result' : 'elsewhere';
  if (has(nameWords(name), SHOWN) || /^use[A-Z]/.test(name)) return 'shown';
  if (isDecisionName(name)) return 'decision';
  if (isResult) return 'result';
  return isIdentityName(name) ? 'identity' : 'elsewhere';
}

/** Wrappings that keep an answer what it is. */
function isPassedOn(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isParenthesizedExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    isLogical(parent) ||
    (ts.isCallExpression(parent) && parent.expression !== node && calleeName(parent) === 'Boolean')
  );
}

/** The name of the function, variable, member or property that a value ends up in. */
function keptAs(holder: ts.Node | undefined): string | undefined {
  if (holder === undefined) return undefined;
  if (ts.isBinaryExpression(holder)) {
    const target = holder.operatorToken.kind === ts.SyntaxKind.EqualsToken ? holder.left : undefined;
    if (target === undefined) return undefined;
    if (ts.isIdentifier(target)) return target.text;
    return ts.isPropertyAccessExpression(target) ? target.name.text : undefined;
  }
  const isNamed =
    isFunctionWithBody(holder) ||
    ts.isVariableDeclaration(holder) ||
    ts.isPropertyAssignment(holder) ||
    ts.isPropertyDeclaration(holder);
  return isNamed ? nameOf(holder) : undefined;
}

/** What the program itself may do, whoever sits in front of it: `canUpgrade`, `canRetry`. */
const OF_THE_PROGRAM = set('upgrade autoupdate minimize maximize resize scroll zoom retry prefetch preload');

function isDecisionName(name: string): boolean {
  const words = nameWords(name);
  if (namesBypass(name) || OF_THE_PROGRAM.has(words[1] ?? '')) return false;
  return isAccessStep(name) || /^(?:can|may)[A-Z]|^(?:is)?(?:[Aa]llowed|[Pp]ermitted|[Gg]ranted)$/.test(name);
}

/** Inside a function that renders: conditions there decide what is seen, and the server has to ask again. */
function isInComponent(node: ts.Node): boolean {
  for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) {
    if (fn.body !== undefined && some([fn.body], isJsx)) return true;
  }
  return false;
}

function isJsx(node: ts.Node): boolean {
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
}
