import { type FixContext, type TextEdit, ts, unwrap } from '#api';
import { addMembers } from '../../_shared/addMembers.ts';
import { option } from '../../_shared/calls.ts';

const SIZE = 'fileSize: 5 * 1024 * 1024';
const FILTER = 'fileFilter: (_req, file, done) => done(null, /^image\\/(?:png|jpeg|webp)$/.test(file.mimetype))';
const LIMITS = `limits: { ${SIZE} }`;

/** Sets the size that a file may have, where the options are written at the call. */
export function limitSize(ctx: FixContext<unknown>): readonly TextEdit[] | undefined {
  const call = ctx.node(ts.isExpression)?.parent;
  if (call === undefined || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return undefined;
  const [given] = call.arguments ?? [];
  if (given === undefined) {
    const open = ctx.text.indexOf('(', call.expression.end);
    return open < 0 || open >= call.end ? undefined : [ctx.insert(open + 1, `{ ${LIMITS} }`)];
  }
  const options = unwrap(given);
  if (!ts.isObjectLiteralExpression(options)) return undefined;
  const limits = option(options, 'limits');
  if (limits.kind === 'absent') return [added(ctx, options, LIMITS)];
  if (limits.kind === 'unknown' || !ts.isObjectLiteralExpression(limits.value)) return undefined;
  const size = option(limits.value, 'fileSize');
  if (size.kind === 'given' && ts.isPropertyAssignment(size.property)) return [ctx.replace(size.property, SIZE)];
  return size.kind === 'absent' ? [added(ctx, limits.value, SIZE)] : undefined;
}

/** Lets pictures in alone, and limits their size where nothing does; for options that are written at the call. */
export function limitType(ctx: FixContext<unknown>): readonly TextEdit[] | undefined {
  const call = ctx.node(ts.isExpression)?.parent;
  const given = call && ts.isCallExpression(call) ? call.arguments[0] : undefined;
  const options = given && unwrap(given);
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  const isLimited = option(options, 'limits').kind !== 'absent';
  const { at, text } = addMembers(options, isLimited ? [FILTER] : [LIMITS, FILTER]);
  return [ctx.insert(at, text)];
}

function added(ctx: FixContext<unknown>, object: ts.ObjectLiteralExpression, member: string): TextEdit {
  const { at, text } = addMembers(object, [member]);
  return ctx.insert(at, text);
}
