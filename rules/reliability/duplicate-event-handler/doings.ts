import { type FunctionNode, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { logCall } from '../../_shared/loggers.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Functions of every handler, which say nothing of what it is for. */
const COMMON = /^(?:toString|String|Number|parse|stringify|push|then|catch|bind|call)$/;

/** What a handler does, told by names and arguments, so that other arguments are another doing. */
export interface Doings {
  /** What it calls and sets, logging and the end of the process left out. */
  readonly calls: ReadonlySet<string>;
  /** The values that it logs; words alone are none. */
  readonly logged: ReadonlySet<string>;
  /** `process.exit(1)`. */
  readonly exits: ReadonlySet<string>;
  /** Whether its statements are all calls of a log and ends of the process. */
  readonly isOnlyLogging: boolean;
}

/** What is done in the body of a handler and in the functions inside it. */
export function doingsOf(handler: FunctionNode, source: SourceView): Doings {
  const calls = new Set<string>();
  const logged = new Set<string>();
  const exits = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      if (logCall(node, source.header, source) !== undefined) {
        for (const value of node.arguments.flatMap(valuesOf)) logged.add(wordsOf(value, handler));
        return;
      }
      if (isExit(node, source)) exits.add(wordsOf(node, handler));
      else if (!COMMON.test(calledName(node) ?? '')) calls.add(callWords(node, handler));
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      calls.add(wordsOf(node, handler));
    } else if (ts.isIfStatement(node) || ts.isThrowStatement(node)) {
      calls.add(wordsOf(node, handler));
    }
    ts.forEachChild(node, visit);
  };
  if (handler.body !== undefined) visit(handler.body);
  return { calls, logged, exits, isOnlyLogging: isOnlyLogging(handler, source) };
}

/** The text of a node, its spaces evened out and the parameters of its handler called by their place. */
export function wordsOf(node: ts.Node, handler: FunctionNode): string {
  let words = node.getText().replace(/\s+/g, ' ');
  handler.parameters.forEach(({ name }, place) => {
    if (!ts.isIdentifier(name)) return;
    words = words.replace(new RegExp(`(?<![\\w$.])${name.text.replace(/\$/g, '\\$')}(?![\\w$])`, 'g'), `#${place}`);
  });
  return words;
}

/** A call without the functions that are given to it: what these do is told for itself. */
function callWords(call: ts.CallExpression, handler: FunctionNode): string {
  const given = call.arguments.map((argument) => (isFunctionValue(argument) ? '=>' : wordsOf(argument, handler)));
  return `${wordsOf(call.expression, handler)}(${given.join(', ')})`;
}

/** What is logged beside words. */
function valuesOf(argument: ts.Expression): readonly ts.Node[] {
  const node = unwrap(argument);
  if (ts.isStringLiteralLike(node)) return [];
  if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return [...valuesOf(node.left), ...valuesOf(node.right)];
  }
  return [node];
}

function isOnlyLogging({ body }: FunctionNode, source: SourceView): boolean {
  if (body === undefined) return false;
  const steps = ts.isBlock(body) ? body.statements : [body];
  return steps.every((step) => {
    const call = unwrap(ts.isExpressionStatement(step) ? step.expression : step);
    return (
      ts.isCallExpression(call) &&
      (logCall(call, source.header, source) !== undefined || isExit(call, source)) &&
      call.arguments.every((argument) => !isFunctionValue(argument))
    );
  });
}

function isExit(call: ts.CallExpression, source: SourceView): boolean {
  return calledName(call) === 'exit' && source.header.resolve(call.expression) === 'global#process.exit';
}
