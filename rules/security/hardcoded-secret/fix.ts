import { type Finding, type FixContext, type TextEdit, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { directRead } from '../../_shared/env/directRead.ts';
import { lineEnd, quoteMark } from '../../_shared/layout.ts';

const HELPER = 'requireEnv';

/** Takes `.default('x')` out of a schema, which then refuses to go on without the variable. */
export function dropDefault(ctx: FixContext<unknown>, _finding: Finding): TextEdit[] | undefined {
  const call = ctx.node(ts.isStringLiteralLike)?.parent;
  if (call === undefined || !ts.isCallExpression(call) || call.arguments.length !== 1) return undefined;
  const member = memberCall(call);
  return member?.name === 'default' ? [ctx.replace({ start: member.receiver.end, end: call.end }, '')] : undefined;
}

/** Reads the variable through a function of the file that throws, which is added when it is not there. */
export function readOrThrow(ctx: FixContext<unknown>, _finding: Finding): TextEdit[] | undefined {
  const value = ctx.node(ts.isStringLiteralLike);
  const choice = value?.parent;
  if (choice === undefined || !ts.isBinaryExpression(choice) || choice.right !== value) return undefined;
  const name = String(ctx.data['name']);
  if (directRead(choice.left, ctx.header) !== name || !choice.left.getText().startsWith('process.env'))
    return undefined;
  const helper = ctx.file.statements.find(
    (statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === HELPER,
  );
  const last = ctx.file.statements.at(-1);
  if ((helper === undefined && ctx.header.topLevel.has(HELPER)) || last === undefined) return undefined;
  const quote = quoteMark(ctx.text);
  const read = ctx.replace(choice, `${HELPER}(${quote}${name}${quote})`);
  return helper === undefined ? [read, ctx.insert(last.end, helperText(ctx))] : [read];
}

function helperText({ text, path }: FixContext<unknown>): string {
  const quote = quoteMark(text);
  const unit = /^(\t| {2,8})(?=[^\s*])/m.exec(text)?.[1] ?? '  ';
  const end = /;\s*$/m.test(text) ? ';' : '';
  const isTyped = /\.[cm]?tsx?$/.test(path);
  return [
    '',
    '',
    '/** A variable of the environment without which the program cannot run. */',
    isTyped ? `function ${HELPER}(name: string): string {` : `function ${HELPER}(name) {`,
    `${unit}const value = process.env[name]${end}`,
    `${unit}if (value === undefined || value === ${quote}${quote}) throw new Error(\`\${name} is not set\`)${end}`,
    `${unit}return value${end}`,
    '}',
  ].join(lineEnd(text));
}
