import { ts } from '#api';

/** Paths of what anybody may read. */
const PUBLIC_PATH =
  /(?:^|\/)(?:static|assets?|public|fonts?|images?|img|media|uploads?|downloads?|cdn|embed|oembed|widgets?|\.well-known)(?:\/|$)/i;

/** Whether a place is about files for everybody: mounted on a path named for them, or in `setHeaders` of a file server. */
export function isPublicAsset(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    if ((ts.isPropertyAssignment(at) || ts.isMethodDeclaration(at)) && at.name.getText() === 'setHeaders') return true;
    const [first] = ts.isCallExpression(at) ? at.arguments : [];
    if (first !== undefined && ts.isStringLiteralLike(first) && PUBLIC_PATH.test(first.text)) return true;
  }
  return false;
}

/** Whether a header is written only when a condition about the origin holds. */
export function isGuarded(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    const isBranch = (ts.isIfStatement(parent) && parent.expression !== at) || ts.isConditionalExpression(parent);
    const condition = ts.isIfStatement(parent) ? parent.expression : parent;
    if (isBranch && /origin|allow|white|trust|includes|indexOf|test\(/i.test(condition.getText())) return true;
  }
  return false;
}
