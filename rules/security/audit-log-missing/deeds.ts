import { type FunctionNode, ts, unwrap } from '#api';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import { chainOf } from '../../_shared/data/callsIn.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { DATABASES } from '../../_shared/data/libraries/index.ts';
import type { DataCall } from '../../_shared/data/model.ts';
import { sqlStatement } from '../../_shared/data/sqlText.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { changesAccess, givesRights } from './rights.ts';

/** Calls of a chain are gone through so many times. */
const MAX_STEPS = 20;

/** Something about accounts and access that is stored here. */
export interface Deed {
  /** What writes, as written: `prisma.user.delete`. */
  readonly place: ts.Expression;
  /** The account is gone, or somebody may do more or less than before. */
  readonly kind: 'removed' | 'changed';
  /** Table or model in lower case and singular, to be found again where it was created. */
  readonly model: string;
}

const WRITES =
  /^(?:delete\w*|destroy|remove|del|softDelete|softRemove|findBy(?:Id)?And(?:Delete|Remove|Update)|findOneAnd(?:Delete|Remove|Update)|update\w*|upsert|create\w*|insert\w*|save|set|bulkCreate|query|execute|run|\$executeRaw\w*)$/;
const REMOVES =
  /^(?:delete\w*|destroy|remove|del|softDelete|softRemove|findBy(?:Id)?And(?:Delete|Remove)|findOneAnd(?:Delete|Remove))$/;
/** Without `upsert`, with which people are let in. */
const UPDATES = /^(?:update\w*|findBy(?:Id)?AndUpdate|findOneAndUpdate|save|set)$/;

/** What names accounts and rights have in common, and repositories whose type tells. */
const ABOUT = /user|admin|role|permission|grant|key|token|repo|banned|blocked|suspended/i;

/** By syntax alone, whether what is awaited may be a write that is looked for here. */
export function mayBeDeed({ expression }: ts.AwaitExpression): boolean {
  return methodsOf(expression).some((name) => WRITES.test(name)) && ABOUT.test(expression.getText());
}

/** The names of a chain's calls, the last first. */
function methodsOf(expression: ts.Node): readonly string[] {
  const names: string[] = [];
  let at = unwrap(expression);
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    if (ts.isCallExpression(at)) at = unwrap(at.expression);
    else if (ts.isTaggedTemplateExpression(at)) at = unwrap(at.tag);
    else {
      const member = memberAccess(at);
      if (member === undefined) return names;
      names.push(member.name);
      at = unwrap(member.receiver);
    }
  }
  return names;
}

/** What an awaited write does to accounts and access; `undefined` where it does nothing to them, or nobody can tell. */
export function deedOf(awaited: ts.AwaitExpression, fn: FunctionNode, source: SourceView): Deed | undefined {
  const call = dataCall(awaited, source);
  if (call === undefined) return documentDeed(unwrap(awaited.expression), fn, source);
  if (!DATABASES.has(call.kind)) return undefined;
  const place = ts.isCallExpression(call.node) ? call.node.expression : call.node.tag;
  if (call.access === 'raw') return sqlDeed(call, place, source);
  const model = modelName(call.target);
  if (call.access !== 'write') return undefined;
  const methods = [call.method, ...methodsOf(awaited.expression)];
  if (isAccount(model) && methods.some((name) => REMOVES.test(name))) return { place, kind: 'removed', model };
  if (isGrant(model)) return { place, kind: 'changed', model };
  if (!isAccount(model) || !methods.some((name) => UPDATES.test(name))) return undefined;
  return changesRights(call, fn) ? { place, kind: 'changed', model } : undefined;
}

/** `DELETE FROM users`, `UPDATE users SET role = ?`, `INSERT INTO user_roles`. */
function sqlDeed(call: DataCall, place: ts.Expression, source: SourceView): Deed | undefined {
  const statement = sqlStatement(call, source);
  const model = modelName(statement?.table);
  if (statement === undefined || statement.verb === 'select') return undefined;
  if (isGrant(model)) return { place, kind: 'changed', model };
  if (!isAccount(model)) return undefined;
  if (statement.verb === 'delete') return { place, kind: 'removed', model };
  const columns =
    statement.verb === 'update' ? /\bset\b([\s\S]*?)(?:\bwhere\b|$)/i.exec(statement.text)?.[1] : undefined;
  const assigned = columns?.split(',').map((column) => column.split('=')[0]?.replace(/["'`[\]\s]/g, '') ?? '');
  return assigned?.some(givesRights) === true ? { place, kind: 'changed', model } : undefined;
}

/** `user.deleteOne()`, `user.update({ role })`, and `user.save()` behind `user.role = role`, of a record that was read. */
function documentDeed(call: ts.Node, fn: FunctionNode, source: SourceView): Deed | undefined {
  const member = ts.isCallExpression(call) ? memberCall(call) : undefined;
  const record = member && unwrap(member.receiver);
  if (member === undefined || record === undefined || !ts.isCallExpression(call) || !ts.isIdentifier(record))
    return undefined;
  if (!/^(?:deleteOne|remove|destroy|update|updateOne|save)$/.test(member.name)) return undefined;
  const read = recordOf(record, source);
  const model = modelName(read?.target);
  if (read?.access !== 'read' || !isAccount(model)) return undefined;
  const place = call.expression;
  if (REMOVES.test(member.name)) return { place, kind: 'removed', model };
  const isChanged =
    member.name === 'save' ? assignsRights(fn, record.text) : call.arguments.some((given) => changesAccess(given));
  return isChanged ? { place, kind: 'changed', model } : undefined;
}

/** The query that a variable holds the answer of. */
export function recordOf(record: ts.Identifier, source: SourceView): DataCall | undefined {
  const declaration = source.lookup(record);
  const value =
    declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && dataCall(value, source);
}

/** Whether what a write is given changes rights: in its own objects, or in the record that is saved. */
function changesRights(call: DataCall, fn: FunctionNode): boolean {
  const given = chainArguments(call);
  if (given.some((argument) => changesAccess(argument))) return true;
  const [record] = given;
  return call.method === 'save' && record !== undefined && ts.isIdentifier(record) && assignsRights(fn, record.text);
}

/** Arguments of all calls of a chain, without the criteria that some libraries take first. */
function chainArguments({ node, kind }: DataCall): readonly ts.Expression[] {
  const given: ts.Expression[] = [];
  let at: ts.Node = chainOf(node);
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    at = unwrap(at);
    if (ts.isCallExpression(at)) {
      const hasCriteria = at.arguments.length > 1 && (kind === 'mongoose' || kind === 'mongodb' || kind === 'typeorm');
      given.push(...(hasCriteria ? at.arguments.slice(1) : at.arguments));
      at = at.expression;
    } else if (ts.isPropertyAccessExpression(at)) at = at.expression;
    else break;
  }
  return given;
}

/** `user.role = role`. */
function assignsRights(fn: FunctionNode, record: string): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const member = memberAccess(unwrap(node.left));
      const base = member && unwrap(member.receiver);
      if (base !== undefined && ts.isIdentifier(base) && base.text === record && givesRights(member?.name ?? ''))
        return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return fn.body !== undefined && visit(fn.body);
}

/** `public.app_users`, `UserModel` and `Users` are the model `user`; schema, prefix and suffix taken off. */
export function modelName(target: string | undefined): string {
  return (target ?? '')
    .replace(/^.*\./, '')
    .replace(/["'`[\]_\s-]/g, '')
    .replace(/(?:Model|Entity|Repository|Repo|Schema|Table)$/, '')
    .toLowerCase()
    .replace(/s$/, '');
}

function isAccount(model: string): boolean {
  return /^(?:(?:app|auth|admin|tbl|db)?user|useraccount|(?:super)?admin|administrator)$/.test(model);
}

/** What says who may do what, and what opens doors. */
function isGrant(model: string): boolean {
  return /^(?:(?:user|member|account|admin|team|group)(?:role|permission)|(?:role|permission)(?:assignment|grant)|rolepermission|accessgrant|apikey|accesskey|personalaccesstoken)$/.test(
    model,
  );
}
