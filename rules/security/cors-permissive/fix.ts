import { type FixContext, type FixEdit, type TextEdit, ts, unwrap } from '#api';
import { option, propertyKey } from '../../_shared/calls.ts';
import { envRead } from '../../_shared/env/envRead.ts';
import { inExample } from '../../_shared/env/exampleLine.ts';
import { indentAt, lineEnd, quoteMark, startsLine } from '../../_shared/layout.ts';

const VARIABLE = 'ALLOWED_ORIGINS';

/** The list as the file reads it; `undefined` where it cannot. */
function listOf(ctx: FixContext<unknown>): string | undefined {
  const read = envRead(ctx, VARIABLE);
  return read && `${read}?.split(',') ?? []`.replaceAll("'", quoteMark(ctx.text));
}

function isPlace(node: ts.Node): node is ts.CallExpression | ts.PropertyAssignment {
  return ts.isCallExpression(node) || ts.isPropertyAssignment(node);
}

/** Reads the origins from a variable of the environment, which the example of the package names then. */
export function readOrigins(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const list = listOf(ctx);
  const edits = list === undefined ? undefined : readList(ctx, list);
  return edits && [...edits, ...inExample(ctx, VARIABLE)];
}

/** Where options that take a list stand in the call itself. */
function readList(ctx: FixContext<unknown>, list: string): TextEdit[] | undefined {
  const place = ctx.node(isPlace);
  if (place === undefined) return undefined;
  if (ts.isPropertyAssignment(place)) {
    if (propertyKey(place.name) !== 'cors') return undefined;
    const value = unwrap(place.initializer);
    return ts.isObjectLiteralExpression(value)
      ? inObject(ctx, value, list)
      : [ctx.replace(value, `{ origin: ${list} }`)];
  }
  const reference = ctx.header.resolve(place.expression) ?? '';
  if (/koa/.test(reference) || /^(?:setHeader|header|set|append)$/.test(nameOf(place))) return undefined;
  const options = place.arguments[nameOf(place) === 'register' ? 1 : 0];
  if (options === undefined)
    return [ctx.insert(place.end - 1, `${place.arguments.length > 0 ? ', ' : ''}{ origin: ${list} }`)];
  const value = unwrap(options);
  return ts.isObjectLiteralExpression(value) ? inObject(ctx, value, list) : undefined;
}

function nameOf(call: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : '';
}

function inObject(ctx: FixContext<unknown>, object: ts.ObjectLiteralExpression, list: string): TextEdit[] | undefined {
  const origin = option(object, 'origin');
  if (origin.kind === 'given' && ts.isPropertyAssignment(origin.property)) {
    return [ctx.replace(origin.property.initializer, list)];
  }
  if (origin.kind !== 'absent') return undefined;
  const [first] = object.properties;
  if (first === undefined) return [ctx.replace(object, `{ origin: ${list} }`)];
  const start = first.getStart();
  const gap = startsLine(ctx.text, start) ? `${lineEnd(ctx.text)}${indentAt(ctx.text, start)}` : ' ';
  return [ctx.insert(start, `origin: ${list},${gap}`)];
}
