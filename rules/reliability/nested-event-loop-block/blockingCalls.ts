import { type FileHeader, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';

/** A call that holds up everything else in the process until it is done. */
export interface BlockingCall {
  readonly module: string;
  /** As it is called there: `readFileSync`. */
  readonly name: string;
}

/** Functions by module: those that read or write a lot, compute for long, or wait for another process. */
const BLOCKING: Readonly<Record<string, RegExp>> = {
  fs: /^(?:readFile|writeFile|appendFile|copyFile|cp|rm|rmdir|readdir|unlink|rename|truncate)Sync$/,
  'graceful-fs': /^(?:readFile|writeFile|appendFile|copyFile|rm|rmdir|readdir|unlink|rename)Sync$/,
  'fs-extra':
    /^(?:readFile|writeFile|appendFile|copyFile|rm|rmdir|readdir|unlink|rename|copy|remove|move|emptyDir|outputFile|outputJson|readJson|writeJson)Sync$/,
  child_process: /^(?:exec|execFile|spawn)Sync$/,
  crypto: /^(?:pbkdf2|scrypt|generateKeyPair|generatePrime|checkPrime)Sync$/,
  zlib: /^(?:gzip|gunzip|deflate|deflateRaw|inflate|inflateRaw|unzip|brotliCompress|brotliDecompress)Sync$/,
  bcrypt: /^(?:hash|compare)Sync$/,
  bcryptjs: /^(?:hash|compare)Sync$/,
};

/** Reads the call and the header alone. */
export function blockingCall(call: ts.CallExpression, header: FileHeader): BlockingCall | undefined {
  const called = calledName(call);
  if (called === undefined || !(header.imports.get(called)?.name || called).endsWith('Sync')) return undefined;
  const [module, name] = header.resolve(call.expression)?.split('#') ?? [];
  if (module === undefined || name === undefined || !Object.hasOwn(BLOCKING, module)) return undefined;
  return BLOCKING[module]?.test(name) === true ? { module, name } : undefined;
}

/** `if (page === undefined) page = readFileSync(…)`, `this.page ??= readFileSync(…)`: done once, for the first who asks. */
export function isKept(call: ts.Node): boolean {
  for (let up = call.parent; up !== undefined && !ts.isFunctionLike(up); up = up.parent) {
    if (!ts.isBinaryExpression(up)) continue;
    const { kind } = up.operatorToken;
    if (kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken) return true;
    if (kind !== ts.SyntaxKind.EqualsToken) continue;
    const target = up.left.getText();
    const condition = ts.findAncestor(up, ts.isIfStatement)?.expression.getText() ?? '';
    if (condition.includes(target)) return true;
  }
  return false;
}
