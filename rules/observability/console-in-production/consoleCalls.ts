import { type FileHeader, ts, unwrap } from '#api';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { isOutsideService, isStartedByHand } from '../../_shared/places.ts';
import { isServerFile } from '../../_shared/web/serverFile.ts';

export const METHODS: ReadonlyMap<string, string> = new Map([
  ['log', 'info'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
  ['debug', 'debug'],
]);

const NOT_SERVING =
  /log(?:ger|ging|s)?\b|\/(?:env|config)[^/]*$|\/config\/|\/cli\b|worker-?thread|one-?offs?\b|\/health-?check\.|\/(?:wip|scratch)\b/i;

/** The level at which a call of `console` writes; `undefined` for every other call. */
export function consoleLevel(call: ts.CallExpression, header: FileHeader): string | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return undefined;
  if (callee.expression.text !== 'console') return undefined;
  const level = METHODS.get(callee.name.text);
  return level !== undefined && header.resolve(callee.expression) === 'global#console' ? level : undefined;
}

/** Whether what a file says on the console is meant for the log of a service. */
export function isServiceFile(header: FileHeader): boolean {
  const { localPath } = header;
  if (header.isTest || isStartedByHand(localPath) || isOutsideService(localPath)) return false;
  // Settings are read before there is a logger, and what loads them may be what makes it; probes and experiments run alone.
  if (NOT_SERVING.test(localPath)) return false;
  return isServerFile(header);
}

/** Whether a call speaks to whoever started the program: in development, when run by hand, or as its last word. */
export function isForTheScreen(call: ts.Node): boolean {
  return isDevelopmentOnly(call) || isLastWord(call) || runsByHand(call);
}

/** A logger that writes later loses what is said just before the process ends. */
function isLastWord(call: ts.Node): boolean {
  for (let node = call; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    if ((ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent)) && parent.statements.some(isExit)) return true;
    if (ts.isFunctionLike(parent)) return false;
  }
  return false;
}

function isExit(statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement)) return false;
  const node = unwrap(statement.expression);
  return ts.isCallExpression(node) && /^process\.(?:exit|abort|kill)$/.test(node.expression.getText());
}

/** `if (require.main === module)`. */
function runsByHand(call: ts.Node): boolean {
  for (let node = call.parent; node !== undefined; node = node.parent) {
    if (ts.isIfStatement(node) && /\brequire\.main\b|\bimport\.meta\.(?:main|url)\b/.test(node.expression.getText()))
      return true;
  }
  return false;
}
