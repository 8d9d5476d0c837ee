import { ts, unwrap } from '#api';
import type { DataClient, Lead, RoleTable } from './model.ts';

/** What a member of a library's value is, called or not. */
export function step(value: DataClient, name: string, call: ts.CallExpression | undefined): DataClient | undefined {
  const table: RoleTable | undefined = value.library.roles[value.role];
  if (table === undefined) return undefined;
  const isOther = !name.startsWith('$') && !Object.hasOwn(table.calls, name);
  const lead = own(table.leads, name) ?? (isOther ? table.others : undefined);
  return lead === undefined ? undefined : follow(value, lead, name, call);
}

function own(leads: RoleTable['leads'], name: string): Lead | undefined {
  return leads !== undefined && Object.hasOwn(leads, name) ? leads[name] : undefined;
}

/** Goes along a lead: the library's value behind it, with the table or model that it chooses. */
export function follow(value: DataClient, lead: Lead, name: string, call: ts.CallExpression | undefined): DataClient {
  const argument = call?.arguments[0];
  const target = lead.target === 'name' ? name : lead.target === 'argument' ? targetText(argument) : undefined;
  const chosen = target ?? value.target;
  const access = lead.access ?? value.access;
  return {
    library: value.library,
    role: lead.role,
    root: value.root,
    certain: value.certain,
    ...(chosen === undefined ? {} : { target: chosen }),
    ...(access === undefined ? {} : { access }),
  };
}

/** A table or model as an argument names it: the text of a literal, or the name. */
export function targetText(argument: ts.Expression | undefined): string | undefined {
  if (argument === undefined) return undefined;
  const node = unwrap(argument);
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? node.getText() : undefined;
}
