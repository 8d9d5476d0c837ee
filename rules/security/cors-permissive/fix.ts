import { type FixContext, type TextEdit, ts, unwrap } from '#api';
import { option, propertyKey } from '../../_shared/calls.ts';

const LIST = "process.env['ALLOWED_ORIGINS']?.split(',') ?? []";

function isPlace(node: ts.Node): node is ts.CallExpression | ts.PropertyAssignment {
  return ts.isCallExpression(node) || ts.isPropertyAssignment(node);
}

/** Reads the origins from the environment, where options that take a list stand in the call itself. */
export function readOrigins(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const place = ctx.node(isPlace);
  if (place === undefined) return undefined;
  if (ts.isPropertyAssignment(place)) {
    if (propertyKey(place.name) !== 'cors') return undefined;
    const value = unwrap(place.initializer);
    return ts.isObjectLiteralExpression(value) ? inObject(ctx, value) : [ctx.replace(value, `{ origin: ${LIST} }`)];
  }
  const reference = ctx.header.resolve(place.expression) ?? '';
  if (/koa/.test(reference) || /^(?:setHeader|header|set|append)$/.test(nameOf(place))) return undefined;
  const options = place.arguments[nameOf(place) === 'register' ? 1 : 0];
  if (options === undefined)
    return [ctx.insert(place.end - 1, `${place.arguments.length > 0 ? ', ' : ''}{ origin: ${LIST} }`)];
  const value = unwrap(options);
  return ts.isObjectLiteralExpression(value) ? inObject(ctx, value) : undefined;
}

function nameOf(call: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : '';
}

function inObject(ctx: FixContext<unknown>, object: ts.ObjectLiteralExpression): TextEdit[] | undefined {
  const origin = option(object, 'origin');
  if (origin.kind === 'given' && ts.isPropertyAssignment(origin.property)) {
    return [ctx.replace(origin.property.initializer, LIST)];
  }
  if (origin.kind !== 'absent') return undefined;
  const [first] = object.properties;
  return first === undefined
    ? [ctx.replace(object, `{ origin: ${LIST} }`)]
    : [ctx.insert(first.getStart(), `origin: ${LIST}, `)];
}
