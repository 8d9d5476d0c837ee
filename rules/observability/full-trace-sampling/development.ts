import { ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { stageMeant } from '../../_shared/env/stages.ts';

/** Names of conditions that hold while somebody develops. */
const DEVELOPMENT = /^_*(?:is_?)?(?:dev(?:elopment)?(?:_?mode)?|local|test(?:ing)?|debug)$/i;
const PRODUCTION = /^_*(?:is_?)?prod(?:uction)?(?:_?mode)?$/i;

/** Whether code runs only where the service is not in production: in a branch that asks for the stage. */
export function isOutsideProduction(node: ts.Node): boolean {
  for (let up = node; up.parent !== undefined; up = up.parent) {
    const { parent } = up;
    if (ts.isIfStatement(parent) && up !== parent.expression) {
      if (stageAsked(parent.expression) === (up === parent.thenStatement ? 'development' : 'production')) return true;
    }
    if (ts.isConditionalExpression(parent) && up !== parent.condition) {
      if (stageAsked(parent.condition) === (up === parent.whenTrue ? 'development' : 'production')) return true;
    }
    const isAnd = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
    if (isAnd && up === parent.right && stageAsked(parent.left) === 'development') return true;
  }
  return false;
}

/** Whether a value is one of several among which a condition or a setting chooses. */
export function isChosen(node: ts.Node): boolean {
  const choice = ts.findAncestor(node, (up) =>
    ts.isFunctionLike(up) || ts.isSourceFile(up)
      ? 'quit'
      : ts.isIfStatement(up) || ts.isConditionalExpression(up) || ts.isCaseOrDefaultClause(up),
  );
  return choice !== undefined;
}

/** The stage that holds when a condition does, as far as it shows. */
export function stageAsked(condition: ts.Node): 'development' | 'production' | undefined {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return other(stageAsked(node.operand));
  }
  const name = ts.isIdentifier(node) ? node.text : memberAccess(node)?.name;
  if (name !== undefined) {
    return DEVELOPMENT.test(name) ? 'development' : PRODUCTION.test(name) ? 'production' : undefined;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const text = [node.left, node.right].map(unwrap).find(ts.isStringLiteralLike)?.text;
  const stage = text === undefined ? undefined : stageMeant(text);
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return stage;
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return other(stage);
    default:
      return undefined;
  }
}

function other(stage: 'development' | 'production' | undefined): 'development' | 'production' | undefined {
  if (stage === undefined) return undefined;
  return stage === 'production' ? 'development' : 'production';
}
