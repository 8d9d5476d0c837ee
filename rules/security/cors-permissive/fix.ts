import { type FixContext, type FixEdit, type TextEdit, ts, unwrap } from '#api';
import { option, propertyKey } from '../../_shared/calls.ts';
import { inExample } from '../../_shared/env/exampleLine.ts';
import { indentAt, lineEnd, quoteMark, startsLine } from '../../_shared/layout.ts';

const VARIABLE = 'ALLOWED_ORIGINS';

function list({ text }: FixContext<unknown>): string {
  return `process.env['${VARIABLE}']?.split(',') ?? []`.replaceAll("'", quoteMark(text));
}

function isPlace(node: ts.Node): node is ts.CallExpression | ts.PropertyAssignment {
  return ts.isCallExpression(node) || ts.isPropertyAssignment(node);
}

/** Reads the origins from a variable of the environment, which the example of the package names then. */
export function readOrigins(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const edits = readList(ctx);
  return edits && [...edits, ...inExample(ctx, VARIABLE)];
}

/** Where options that take a list stand in the call itself. */
function readList(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const place = ctx.node(isPlace);
  if (place === undefined) return undefined;
  if (ts.isPropertyAssignment(place)) {
    if (propertyKey(place.name) !== 'cors') return undefined;
    const value = unwrap(place.initializer);
    return ts.isObjectLiteralExpression(value)
      ? inObject(ctx, value)
      : [ctx.replace(value, `{ origin: ${list(ctx)} }`)];
  }
  const reference = ctx.header.resolve(place.expression) ?? '';
  if (/koa/.test(reference) || /^(?:setHeader|header|set|append)$/.test(nameOf(place))) return undefined;
  const options = place.arguments[nameOf(place) === 'register' ? 1 : 0];
  if (options === undefined)
    return [ctx.insert(place.end - 1, `${place.arguments.length > 0 ? ', ' : ''}{ origin: ${list(ctx)} }`)];
  const value = unwrap(options);
  return ts.isObjectLiteralExpression(value) ? inObject(ctx, value) : undefined;
}

function nameOf(call: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : '';
}

function inObject(ctx: FixContext<unknown>, object: ts.ObjectLiteralExpression): TextEdit[] | undefined {
  const origin = option(object, 'origin');
  if (origin.kind === 'given' && ts.isPropertyAssignment(origin.property)) {
    return [ctx.replace(origin.property.initializer, list(ctx))];
  }
  if (origin.kind !== 'absent') return undefined;
  const [first] = object.properties;
  if (first === undefined) return [ctx.replace(object, `{ origin: ${list(ctx)} }`)];
  const start = first.getStart();
  const gap = startsLine(ctx.text, start) ? `${lineEnd(ctx.text)}${indentAt(ctx.text, start)}` : ' ';
  return [ctx.insert(start, `origin: ${list(ctx)},${gap}`)];
}
