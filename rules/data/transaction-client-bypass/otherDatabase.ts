import { ts, unwrap } from '#api';
import { calledName, memberAccess } from '../../_shared/calls.ts';
import { classAround } from '../../_shared/classAround.ts';
import { isThis } from '../../_shared/data/classMembers.ts';
import type { DataCall } from '../../_shared/data/model.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/**
 * Whether a call may be meant for another database than the transaction: its client has another name (`replica` beside
 * `db`), or its repository was asked for by the name of a data source.
 */
export function mayBeElsewhere(call: DataCall, opened: DataCall, source: SourceView): boolean {
  // Repositories, managers and sources of TypeORM have names of their own and one database all the same.
  if (call.kind === 'typeorm') return isOfNamedSource(call.root, source);
  return clientName(call.root) !== clientName(opened.root);
}

/** `prisma` for `prisma`, `this.prisma`, `this.#prisma` and `prisma()`. */
function clientName(root: ts.Node): string {
  const node = unwrap(root);
  if (ts.isCallExpression(node)) return calledName(node) ?? '';
  const name = memberAccess(node)?.name ?? node.getText();
  return name.replace(/^[#_]+/, '');
}

/** `@InjectRepository(User, 'audit')`, `@InjectEntityManager('audit')` of the field that is used. */
function isOfNamedSource(root: ts.Node, source: SourceView): boolean {
  const member = memberAccess(unwrap(root));
  const owner = member !== undefined && isThis(member.receiver) ? classAround(root, source) : undefined;
  const constructors = owner?.members.filter(ts.isConstructorDeclaration) ?? [];
  const fields = [...(owner?.members ?? []), ...constructors.flatMap(({ parameters }) => [...parameters])];
  return fields.some(
    (field) =>
      field.name?.getText() === member?.name &&
      ts.canHaveDecorators(field) &&
      (ts.getDecorators(field) ?? []).some(({ expression }) => namesSource(expression)),
  );
}

function namesSource(decorator: ts.Expression): boolean {
  if (!ts.isCallExpression(decorator)) return false;
  const name = calledName(decorator);
  if (name === 'InjectRepository') return decorator.arguments.length > 1;
  return (name === 'InjectDataSource' || name === 'InjectEntityManager') && decorator.arguments.length > 0;
}
