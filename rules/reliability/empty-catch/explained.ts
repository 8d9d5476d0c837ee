import { type FunctionNode, ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { isMeant, type Swallowed } from './swallowed.ts';

/** Whether the code says that dropping the error is meant: in a comment there or beside it, or in the function's name. */
export function isExplained(swallowed: Swallowed, file: ts.SourceFile): boolean {
  const { node } = swallowed;
  if (isInLogger(file.fileName) || isMinified(node, file)) return true;
  const statement = ts.findAncestor<ts.Node>(node, ts.isStatement) ?? node;
  const block = swallowed.kind === 'try' ? swallowed.clause : swallowed.handler;
  return (
    (swallowed.kind === 'try' && isSwitchedOff(swallowed.node, file.text)) ||
    hasComment(file.text, block.pos, node.end) ||
    hasCommentAfter(file.text, statement.end) ||
    hasCommentBefore(file.text, statement) ||
    isInCleanup(node) ||
    isAnswer(node)
  );
}

/** `const page = await load().catch(() => {})`: to have nothing is the answer then, as `() => undefined` would say. */
function isAnswer(node: ts.Node): boolean {
  let { parent } = node;
  if (!ts.isAwaitExpression(parent)) return false;
  while (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) {
    parent = parent.parent;
  }
  return ts.isVariableDeclaration(parent);
}

/** Another linter was told that the block is empty on purpose, in front of the brace that ends the `try`. */
function isSwitchedOff({ tryBlock }: ts.TryStatement, text: string): boolean {
  const end = tryBlock.statements.at(-1)?.end ?? tryBlock.pos;
  return /(?:disable|ignore)[^\n]*\bno-?empty/i.test(text.slice(end, tryBlock.end));
}

/** Looks for a comment where only blanks, braces and names stand, so that no text can be taken for one. */
function hasComment(text: string, start: number, end: number): boolean {
  return /\/\/|\/\*/.test(text.slice(start, end));
}

function hasCommentAfter(text: string, end: number): boolean {
  return (ts.getTrailingCommentRanges(text, end)?.length ?? 0) > 0;
}

function hasCommentBefore(text: string, statement: ts.Node): boolean {
  return (ts.getLeadingCommentRanges(text, statement.pos)?.length ?? 0) > 0;
}

/** In a `finally`, in another catch, or in a function that stops something: what fails there has failed already. */
function isInCleanup(node: ts.Node): boolean {
  for (let up = node.parent; up !== undefined; up = up.parent) {
    if (ts.isCatchClause(up)) return true;
    if (ts.isFunctionLike(up)) break;
    const { parent } = up;
    if (parent !== undefined && ts.isTryStatement(parent) && parent.finallyBlock === up) return true;
  }
  const name = functionName(enclosingFunction(node));
  return name !== undefined && isMeant(name);
}

function functionName(fn: FunctionNode | undefined): string | undefined {
  if (fn === undefined) return undefined;
  const { parent } = fn;
  const name =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
      ? parent.name
      : fn.name;
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text : undefined;
}

/** A logger has nowhere to report its own failures to. */
function isInLogger(path: string): boolean {
  return /(?:^|[/.-])(?:logg(?:er|ing)|log)s?\.[cm]?[jt]sx?$|Logger\.[cm]?[jt]sx?$/.test(path);
}

/** Longer lines than people write. */
const LONG_LINE = 1_000;

/** What a bundler wrote has lost its comments. */
function isMinified(node: ts.Node, file: ts.SourceFile): boolean {
  const end = file.text.indexOf('\n', node.end);
  return (end < 0 ? file.text.length : end) - file.text.lastIndexOf('\n', node.end - 1) > LONG_LINE;
}
