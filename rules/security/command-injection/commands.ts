import { ts, unwrap } from '#api';
import { calledName, constant, option } from '../../_shared/calls.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** A call that hands a text to a shell. */
export interface ShellCall {
  /** What the shell reads: one text, or a program and what follows it. */
  readonly texts: readonly ts.Expression[];
  readonly name: string;
}

const SHELLS = new Set(['child_process#exec', 'child_process#execSync', 'shelljs#exec']);
/** These start a program without a shell unless they are told to use one. */
const PROGRAMS = new Set([
  'child_process#spawn',
  'child_process#spawnSync',
  'child_process#execFile',
  'child_process#execFileSync',
]);

/** Calls that may run a command which is no constant. */
export function commandFact(node: ts.CallExpression): ts.CallExpression | undefined {
  const [command] = node.arguments;
  if (command === undefined || ts.isRegularExpressionLiteral(command)) return undefined;
  const name = calledName(node);
  if (name === undefined || !/exec|spawn|^(?:run|shell|sh)$/i.test(name)) return undefined;
  const isConstant = ts.isStringLiteralLike(command) && node.arguments.length === 1;
  return isConstant || ts.isFunctionLike(command) ? undefined : node;
}

/** Reads a call as one that hands a text to a shell: `exec`, what `promisify` made of it, `spawn` with `shell: true`. */
export function shellCall(call: ts.CallExpression, source: SourceView): ShellCall | undefined {
  const name = calledName(call) ?? '';
  const reference = runnerOf(call.expression, source);
  const [command, list] = call.arguments;
  if (reference === undefined || command === undefined) return undefined;
  if (SHELLS.has(reference)) return { texts: [command], name };
  if (!PROGRAMS.has(reference) || !usesShell(call)) return undefined;
  const values = list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : [];
  return { texts: [command, ...values.filter((value) => !ts.isSpreadElement(value))], name };
}

function runnerOf(callee: ts.Expression, source: SourceView): string | undefined {
  const known = source.header.resolve(callee);
  if (known !== undefined) return known;
  const node = unwrap(callee);
  const value = ts.isIdentifier(node) ? initialValue(node, source) : undefined;
  if (value === undefined || !ts.isCallExpression(value)) return undefined;
  const [runner] = value.arguments;
  const isPromisified = source.header.resolve(value.expression) === 'util#promisify';
  return isPromisified && runner !== undefined ? source.header.resolve(runner) : undefined;
}

/** `shell: true` or the path of one; what depends on the platform cannot be told. */
function usesShell({ arguments: args }: ts.CallExpression): boolean {
  return args.slice(1).some((given) => {
    if (!ts.isObjectLiteralExpression(unwrap(given))) return false;
    const shell = option(given, 'shell');
    return shell.kind === 'given' && Boolean(constant(shell.value)?.value);
  });
}
