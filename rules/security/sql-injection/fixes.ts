import { type Fix, type FixContext, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import type { DataCall } from '../../_shared/data/model.ts';
import { textOf } from './statements.ts';
import { VALUE } from './valuePlace.ts';

/** Where values of a template stand as values, and the text with placeholders for them. */
interface Parameters {
  readonly text: string;
  /** Code of the values, in their order. */
  readonly values: readonly string[];
}

/** How a library writes a placeholder, counted from 1, and takes the values. */
interface Style {
  readonly placeholder: (index: number, value: string) => string;
  readonly argument?: (values: string) => string;
  /** The method that takes a tagged template. */
  readonly tag?: string;
}

const NUMBERED: Style = { placeholder: (index) => `$${index}`, argument: (values) => `[${values}]` };
const MARKED: Style = { placeholder: () => '?', argument: (values) => `[${values}]` };
const REPLACED: Style = { placeholder: () => '?', argument: (values) => `{ replacements: [${values}] }` };
const TAGS: ReadonlyMap<string, string> = new Map([
  ['$queryRawUnsafe', '$queryRaw'],
  ['$executeRawUnsafe', '$executeRaw'],
]);

function styleOf({ kind, method }: DataCall, ctx: FixContext<unknown>): Style | undefined {
  const tag = TAGS.get(method);
  if (kind === 'prisma' && tag !== undefined) return { placeholder: (_, value) => `\${${value}}`, tag };
  if (kind === 'pg') return NUMBERED;
  if (kind === 'mysql' || kind === 'knex' || kind === 'sqlite3') return MARKED;
  if (kind === 'sequelize' && method === 'query') return REPLACED;
  if (kind !== 'typeorm') return undefined;
  if (ctx.header.dependency('pg') !== undefined) return NUMBERED;
  return ctx.header.dependency('mysql2') === undefined ? undefined : MARKED;
}

/** The call with the values as parameters, where its text is a template that stands in it and no values are passed yet. */
export const passParameters: Fix<unknown> = {
  title: 'Pass the values as parameters',
  safety: 'suggest',
  edits(ctx) {
    const value = ctx.node((node): node is ts.Expression => ts.isTemplateSpan(node.parent));
    const template = value && ts.findAncestor(value, ts.isTemplateExpression);
    let at: ts.Node | undefined = template;
    while (at !== undefined && at.parent !== undefined && unwrap(at.parent) === template) at = at.parent;
    const call = at?.parent;
    if (template === undefined || call === undefined || !ts.isCallExpression(call)) return undefined;
    if (call.arguments.length !== 1 || textOf(call) !== at) return undefined;
    const run = dataCall(call, ctx);
    const style = run?.node === call ? styleOf(run, ctx) : undefined;
    const place = memberCall(call)?.place;
    if (style === undefined || place === undefined || !ts.isIdentifier(place)) return undefined;
    const made = parametersOf(template, style);
    if (made === undefined) return undefined;
    if (style.tag !== undefined) {
      if (call.typeArguments !== undefined) return undefined;
      return [ctx.replace({ start: place.getStart(), end: call.end }, `${style.tag}\`${made.text}\``)];
    }
    const argument = style.argument?.(made.values.join(', ')) ?? '';
    return [ctx.replace(template, `\`${made.text}\`, ${argument}`)];
  },
};

/** `undefined` where a value is part of a text with another one, or where a tag would get a piece of SQL. */
function parametersOf(template: ts.TemplateExpression, style: Style): Parameters | undefined {
  const source = template.getSourceFile().text;
  const raw = [template.head, ...template.templateSpans.map(({ literal }) => literal)].map((literal) =>
    source.slice(literal.getStart() + 1, literal.end - (ts.isTemplateTail(literal) ? 1 : 2)),
  );
  const values: string[] = [];
  let text = '';
  let rest = raw[0] ?? '';
  for (const [index, { expression }] of template.templateSpans.entries()) {
    const code = expression.getText();
    const after = raw[index + 1] ?? '';
    if (isOdd(text + rest)) {
      const open = rest.lastIndexOf("'");
      const close = after.indexOf("'");
      if (open < 0 || close < 0) return undefined;
      const [prefix, suffix] = [rest.slice(open + 1), after.slice(0, close)];
      values.push(prefix === '' && suffix === '' ? code : `\`${prefix}\${${code}}${suffix}\``);
      text += rest.slice(0, open) + style.placeholder(values.length, values.at(-1) ?? code);
      rest = after.slice(close + 1);
    } else if (VALUE.test(rest)) {
      values.push(code);
      text += rest + style.placeholder(values.length, code);
      rest = after;
    } else {
      if (style.tag !== undefined) return undefined;
      text += `${rest}\${${code}}`;
      rest = after;
    }
  }
  return values.length === 0 ? undefined : { text: text + rest, values };
}

function isOdd(text: string): boolean {
  return (text.replace(/\$\{[^}]*\}/g, '').split("'").length - 1) % 2 === 1;
}
