import { ts, unwrap } from '#api';
import { calledName, constant, option } from '../../_shared/calls.ts';
import { classAround } from '../../_shared/classAround.ts';
import { classMember, isThis } from '../../_shared/data/classMembers.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** A call that hands a text to a shell. */
export interface ShellCall {
  /** What the shell reads: one text, or a program and what follows it. */
  readonly texts: readonly ts.Expression[];
  readonly name: string;
}

const SHELLS = new Set([
  'child_process#exec',
  'child_process#execSync',
  'shelljs#exec',
  'shelljs#default.exec',
  'child-process-promise#exec',
  'node-exec-promise#exec',
]);
/** These start a program without a shell unless they are told to use one. */
const PROGRAMS = new Set([
  'child_process#spawn',
  'child_process#spawnSync',
  'child_process#execFile',
  'child_process#execFileSync',
  'cross-spawn',
  'cross-spawn#sync',
  'execa',
  'execa#execa',
  'execa#execaSync',
  'execa#execaCommand',
  'execa#execaCommandSync',
  'execa#command',
  'execa#commandSync',
]);
/** Programs that read a text as commands, behind an option that says so. */
const SHELL_PROGRAMS = /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash|zsh|dash|ksh)$|^(?:cmd|powershell|pwsh)(?:\.exe)?$/;
const READS_TEXT = /^(?:-\w*c|\/[cs]|-Command)$/i;

/** Names that runners have, or that `promisify` gives what it makes of them. */
export const RUNNER = /exec|spawn|^(?:run|shell|sh|command\w*)$/i;

/** Calls that may run a command which is no constant. */
export function commandFact(
  node: ts.CallExpression,
  { header }: Pick<SourceView, 'header'>,
): ts.CallExpression | undefined {
  const [command] = node.arguments;
  if (command === undefined || ts.isRegularExpressionLiteral(command)) return undefined;
  const name = calledName(node);
  if (name === undefined) return undefined;
  if (!RUNNER.test(name) && header.imports.get(name)?.module !== 'child_process') return undefined;
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
  if (!PROGRAMS.has(reference)) return undefined;
  const values = list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : [];
  if (ts.isStringLiteralLike(command) && SHELL_PROGRAMS.test(command.text)) {
    const option = values.findIndex((value) => ts.isStringLiteralLike(value) && READS_TEXT.test(value.text));
    const text = option < 0 ? undefined : values[option + 1];
    return text === undefined || ts.isSpreadElement(text) ? undefined : { texts: [text], name };
  }
  if (!usesShell(call)) return undefined;
  return { texts: [command, ...values.filter((value) => !ts.isSpreadElement(value))], name };
}

function runnerOf(callee: ts.Expression, source: SourceView): string | undefined {
  const known = source.header.resolve(callee);
  if (known !== undefined) return known;
  const node = unwrap(callee);
  const value = ts.isIdentifier(node) ? initialValue(node, source) : fieldValue(node, source);
  if (value === undefined || !ts.isCallExpression(value)) return undefined;
  const [runner] = value.arguments;
  const isPromisified = source.header.resolve(value.expression) === 'util#promisify';
  return isPromisified && runner !== undefined ? source.header.resolve(runner) : undefined;
}

/** What `this.run` starts with. */
function fieldValue(node: ts.Node, source: SourceView): ts.Node | undefined {
  if (!ts.isPropertyAccessExpression(node) || !isThis(node.expression)) return undefined;
  const owner = classAround(node, source);
  const value = owner && classMember(owner, node.name.text)?.value;
  return value && unwrap(value);
}

/** `shell: true` or the path of one; what depends on the platform cannot be told. */
function usesShell({ arguments: args }: ts.CallExpression): boolean {
  return args.slice(1).some((given) => {
    if (!ts.isObjectLiteralExpression(unwrap(given))) return false;
    const shell = option(given, 'shell');
    return shell.kind === 'given' && Boolean(constant(shell.value)?.value);
  });
}
