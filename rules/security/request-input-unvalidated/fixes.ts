import { type FixContext, type FixEdit, ts, unwrap } from '#api';
import { aboveStatement } from '../../_shared/aboveStatement.ts';
import { importLine } from '../../_shared/importLine.ts';
import { indentUnit, lineEnd } from '../../_shared/layout.ts';
import { addDependency } from '../../_shared/project/addDependency.ts';
import { packageFolder } from '../../_shared/project/nearestPackage.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';

/** Parses a body that is destructured once by a schema of the fields that are read; nothing where it is read in other ways. */
export function parseWithSchema(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const place = ctx.node(ts.isExpression);
  const fn = place && functionAround(place);
  if (fn === undefined || ctx.data['part'] !== 'body') return undefined;
  const reads: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && /^(?:_?req(?:uest)?|ctx\.request)\.body$/.test(node.getText()))
      reads.push(node);
    else ts.forEachChild(node, visit);
  };
  visit(fn);
  const [body] = reads;
  if (body === undefined || reads.length !== 1 || !isCaught(body, fn)) return undefined;
  const declaration = holderOf(body);
  const fields = declaration && fieldsOf(declaration);
  const statement = topStatement(fn);
  const bound = importZod(ctx);
  if (fields === undefined || fields.length === 0 || statement === undefined || bound === undefined) return undefined;
  const name = `${nameOf(fn)}Body`;
  if (new RegExp(`\\b${name}\\b`).test(ctx.text)) return undefined;
  const [end, semicolon] = [lineEnd(ctx.text), statementEnd(ctx.file)];
  const lines = fields.map((field) => `${indentUnit(ctx.text)}${field}: ${typeFor(field)},`);
  const schema = [`const ${name} = z.object({`, ...lines, `})${semicolon}`, '', ''].join(end);
  const folder = packageFolder(ctx.path, ctx);
  return [
    ...bound,
    ctx.insert(aboveStatement(ctx.text, statement), schema),
    ctx.replace(body, `${name}.parse(${body.getText()})`),
    ...(folder === undefined ? [] : addDependency(folder, 'zod', '^4.0.0', ctx)),
  ];
}

/** The error of a schema needs somebody who answers it: a `try` in the handler. */
function isCaught(node: ts.Node, fn: ts.Node): boolean {
  for (let up = node; up !== fn; up = up.parent)
    if (ts.isTryStatement(up.parent) && up.parent.tryBlock === up) return true;
  return false;
}

function holderOf(body: ts.Expression): ts.VariableDeclaration | undefined {
  let node: ts.Node = body;
  while (ts.isParenthesizedExpression(node.parent) || ts.isAsExpression(node.parent)) node = node.parent;
  return ts.isVariableDeclaration(node.parent) && unwrap(node.parent.initializer ?? node) === body
    ? node.parent
    : undefined;
}

/** Names of a flat pattern without defaults and rest. */
function fieldsOf({ name, type }: ts.VariableDeclaration): readonly string[] | undefined {
  if (!ts.isObjectBindingPattern(name) || type !== undefined) return undefined;
  const keys = name.elements.map(({ propertyName, name: own, dotDotDotToken, initializer }) => {
    const key = propertyName ?? own;
    return dotDotDotToken === undefined && initializer === undefined && ts.isIdentifier(key) ? key.text : '';
  });
  return keys.includes('') ? undefined : keys;
}

/** A first guess by the name, to be looked at. */
function typeFor(field: string): string {
  if (/email$/i.test(field)) return 'z.email()';
  if (/^(?:is|has|can)[A-Z]|^(?:enabled|active|published|completed|done)$/.test(field)) return 'z.boolean()';
  if (
    /^(?:age|price|amount|quantity|qty|count|total|stock|rating|limit|page|year|weight|height)$|(?:Price|Amount|Quantity|Count|Total)$/.test(
      field,
    )
  ) {
    return 'z.number()';
  }
  return 'z.string().min(1)';
}

function functionAround(node: ts.Node): ts.SignatureDeclaration | undefined {
  for (let up = node.parent; up !== undefined; up = up.parent) {
    const [first] = ts.isFunctionLike(up) ? up.parameters : [];
    if (first !== undefined && ts.isFunctionLike(up) && /^(?:_?req(?:uest)?|ctx)$/.test(first.name.getText()))
      return up;
  }
  return undefined;
}

function nameOf(fn: ts.SignatureDeclaration): string {
  for (let node: ts.Node = fn; node.parent !== undefined && !ts.isStatement(node.parent); node = node.parent) {
    const { name } = node as ts.NamedDeclaration;
    if (name !== undefined && ts.isIdentifier(name)) return name.text;
  }
  return fn.name !== undefined && ts.isIdentifier(fn.name) ? fn.name.text : 'request';
}

function topStatement(node: ts.Node): ts.Node | undefined {
  let at = node;
  while (at.parent !== undefined && !ts.isSourceFile(at.parent)) at = at.parent;
  return at;
}

/** The import of zod, where the file has imports or requires it can be put behind; no edit where it is there. */
function importZod(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const known = ctx.header.imports.get('z');
  if (known !== undefined) return known.module === 'zod' ? [] : undefined;
  if (ctx.header.topLevel.has('z')) return undefined;
  const line = importLine(ctx, { module: 'zod', name: 'z', isDefault: false }, statementEnd(ctx.file));
  return line && [line];
}
