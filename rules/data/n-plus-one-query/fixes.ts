import { type Fix, type FixContext, ts, unwrap } from '#api';
import { memberCall, propertyKey } from '../../_shared/calls.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';
import { mentionsAny } from '../../_shared/mentions.ts';
import { type Loop, loopOf } from './loops.ts';

/** Prisma's `findUnique` in a loop becomes one `findMany` before it, and a map to pick from. */
export const askOnce: Fix<unknown> = {
  title: 'Ask for all of them before the loop, and pick from a map',
  safety: 'suggest',
  edits(ctx) {
    const place = prismaCall(ctx, 'findUnique');
    if (place === undefined) return undefined;
    const { loop, call, model, receiver } = place;
    const given = membersOf(call.arguments[0]);
    const key = onlyMember(given?.get('where'));
    const waited = awaitOf(call);
    if (given === undefined || key === undefined || waited === undefined) return undefined;
    if ([...given.keys()].some((name) => name !== 'where' && name !== 'include')) return undefined;
    if (!ts.isBlock(loop.node.parent) || !isPlainly(key.value, loop)) return undefined;
    // The list is gone through twice, so it must not be made twice.
    if (!ts.isIdentifier(rootOf(loop.list))) return undefined;
    const name = `${model}By${key.name.charAt(0).toUpperCase()}${key.name.slice(1)}`;
    if (new RegExp(`\\b(?:${name}|found|one)\\b`).test(ctx.text)) return undefined;
    const include = given.get('include');
    const more = include === undefined ? '' : `, include: ${include.getText()}`;
    const end = ctx.text.slice(loop.node.pos, loop.node.end).includes(';') ? ';' : '';
    const indent = `${lineEnd(ctx.text)}${indentAt(ctx.text, loop.node.getStart())}`;
    const query = `await ${receiver}.findMany({ where: { ${key.name}: { in: ${listOf(loop, key.value)} } }${more} })`;
    const types = isScript(ctx) ? '' : `<(typeof found)[number]['${key.name}'], (typeof found)[number]>`;
    const picked = `${name}.get(${key.value.getText()}) ?? null`;
    const start = loop.node.getStart();
    return [
      ctx.insert(
        start,
        [
          `const found = ${query}${end}`,
          `const ${name} = new Map${types}()${end}`,
          `for (const one of found) ${name}.set(one.${key.name}, one)${end}`,
          '',
        ].join(indent),
      ),
      ctx.replace(waited, ts.isVariableDeclaration(waited.parent) ? picked : `(${picked})`),
    ];
  },
};

/** A loop that only creates records becomes one `createMany`. */
export const createAtOnce: Fix<unknown> = {
  title: 'Create all of them with createMany',
  safety: 'suggest',
  edits(ctx) {
    const place = prismaCall(ctx, 'create');
    if (place === undefined || !isWholeRound(place.call, place.loop)) return undefined;
    const given = membersOf(place.call.arguments[0]);
    const data = given?.get('data');
    if (given?.size !== 1 || data === undefined) return undefined;
    return [
      ctx.replace(
        place.loop.node,
        `await ${place.receiver}.createMany({ data: ${listOf(place.loop, data)} })${endOf(place.loop)}`,
      ),
    ];
  },
};

/** A loop that only deletes records by one field becomes one `deleteMany`. */
export const deleteAtOnce: Fix<unknown> = {
  title: 'Delete all of them with deleteMany',
  safety: 'suggest',
  edits(ctx) {
    const place = prismaCall(ctx, 'delete');
    if (place === undefined || !isWholeRound(place.call, place.loop)) return undefined;
    const given = membersOf(place.call.arguments[0]);
    const key = onlyMember(given?.get('where'));
    if (given?.size !== 1 || key === undefined) return undefined;
    const list = `{ in: ${listOf(place.loop, key.value)} }`;
    return [
      ctx.replace(
        place.loop.node,
        `await ${place.receiver}.deleteMany({ where: { ${key.name}: ${list} } })${endOf(place.loop)}`,
      ),
    ];
  },
};

interface PrismaPlace {
  readonly loop: Loop;
  readonly call: ts.CallExpression;
  readonly model: string;
  /** `prisma.user`. */
  readonly receiver: string;
}

/** The call of Prisma that a finding is about, in the `for … of` whose element it is asked with. */
function prismaCall(ctx: FixContext<unknown>, method: string): PrismaPlace | undefined {
  const callee = ctx.node(ts.isPropertyAccessExpression);
  const call = callee?.parent;
  if (callee === undefined || call === undefined || !ts.isCallExpression(call) || callee.name.text !== method) {
    return undefined;
  }
  const known = dataCall(call, ctx);
  const around = ts.findAncestor(call, isForOf);
  if (known?.kind !== 'prisma' || known.target === undefined || around === undefined) return undefined;
  const loop = loopOf(around);
  const isOwn = loop !== undefined && call.arguments.some((argument) => mentionsAny(argument, loop.names));
  return isOwn ? { loop, call, model: known.target, receiver: callee.expression.getText() } : undefined;
}

/** Members of an object that are all written out. */
function membersOf(node: ts.Node | undefined): ReadonlyMap<string, ts.Expression> | undefined {
  const literal = node && unwrap(node);
  if (literal === undefined || !ts.isObjectLiteralExpression(literal)) return undefined;
  const members = new Map<string, ts.Expression>();
  for (const property of literal.properties) {
    const key = property.name && propertyKey(property.name);
    if (key === undefined) return undefined;
    if (ts.isPropertyAssignment(property)) members.set(key, property.initializer);
    else if (ts.isShorthandPropertyAssignment(property)) members.set(key, property.name);
    else return undefined;
  }
  return members;
}

/** The one member of a `where`, when it is compared with a plain value. */
function onlyMember(where: ts.Node | undefined): { readonly name: string; readonly value: ts.Expression } | undefined {
  const members = membersOf(where);
  const [member] = members ?? [];
  if (members?.size !== 1 || member === undefined) return undefined;
  const [name, value] = member;
  return ts.isObjectLiteralExpression(unwrap(value)) ? undefined : { name, value };
}

/** The element, or a member of it: whatever else a round works out is not there before the loop. */
function isPlainly(value: ts.Expression, { names }: Loop): boolean {
  const root = rootOf(value);
  return ts.isIdentifier(root) && names.has(root.text);
}

/** What members are taken of: `order` of `order.lines.first`. */
function rootOf(expression: ts.Expression): ts.Node {
  let node = unwrap(expression);
  while (ts.isPropertyAccessExpression(node)) node = unwrap(node.expression);
  return node;
}

/** The query is the only statement of the loop, and what it is given can be worked out for all rounds before the first. */
function isWholeRound(call: ts.CallExpression, { body, node }: Loop): boolean {
  if (call.arguments.some(waits) || /\/[/*]/.test(node.getText())) return false;
  const statement = ts.isBlock(body) ? body.statements[0] : body;
  if (ts.isBlock(body) && body.statements.length !== 1) return false;
  const waited = awaitOf(call);
  return statement !== undefined && ts.isExpressionStatement(statement) && statement.expression === waited;
}

function waits(node: ts.Node): boolean {
  return ts.isAwaitExpression(node) || ts.forEachChild(node, (child) => waits(child) || undefined) === true;
}

function awaitOf(call: ts.CallExpression): ts.AwaitExpression | undefined {
  return ts.isAwaitExpression(call.parent) && memberCall(call) !== undefined ? call.parent : undefined;
}

/** The values that the rounds have, as a list. */
function listOf({ list, element }: Loop, value: ts.Expression): string {
  const text = value.getText();
  if (element.getText() === text) return `[...${list.getText()}]`;
  const result = ts.isObjectLiteralExpression(value) ? `(${text})` : text;
  return `Array.from(${list.getText()}, (${element.getText()}) => ${result})`;
}

function endOf({ body }: Loop): string {
  return body
    .getText()
    .replace(/\s*\}$/, '')
    .endsWith(';')
    ? ';'
    : '';
}

function isScript({ path }: FixContext<unknown>): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

function isForOf(node: ts.Node): node is ts.ForOfStatement {
  return ts.isForOfStatement(node);
}
