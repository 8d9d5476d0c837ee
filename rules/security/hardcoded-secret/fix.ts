import { type Finding, type FixContext, type TextEdit, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { directRead } from '../../_shared/env/directRead.ts';
import { requireEnv } from '../../_shared/env/requireEnv.ts';

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
  return requireEnv(ctx, choice, name);
}
