import { type DataNode, type Span, ts, unwrap } from '#api';
import type { Lookup } from '../sourceView.ts';

/** A value of a configuration, the same for source code and JSON. What cannot be told from the text is `unknown`. */
export type Setting =
  | {
      readonly kind: 'object';
      readonly members: ReadonlyMap<string, Member>;
      /** Something that cannot be seen is spread into it, and may bring any other member. */
      readonly isOpen: boolean;
    }
  | { readonly kind: 'list'; readonly items: readonly Setting[] }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'unknown' };

/** A member of a setting that is an object. */
export interface Member {
  /** Name and value together. */
  readonly place: ts.Node | Span;
  readonly value: Setting;
}

const UNKNOWN: Setting = { kind: 'unknown' };
/** Objects in objects, and names that stand for other names. */
const MAX_DEPTH = 8;

/** Reads a node of JSON. */
export function fromData(node: DataNode | undefined): Setting {
  switch (node?.kind) {
    case 'object':
      return {
        kind: 'object',
        isOpen: false,
        members: new Map(node.entries.map((entry) => [entry.key, { place: entry.span, value: fromData(entry.value) }])),
      };
    case 'array':
      return { kind: 'list', items: node.items.map(fromData) };
    case 'scalar':
      return { kind: 'value', value: node.value };
    default:
      return UNKNOWN;
  }
}

/** Reads an expression: literals, constants that `lookup` finds, and spreads of them. */
export function fromSource(expression: ts.Node, lookup: Lookup, depth = 0): Setting {
  const node = unwrap(expression);
  if (depth > MAX_DEPTH) return UNKNOWN;
  if (ts.isObjectLiteralExpression(node)) return objectSetting(node, lookup, depth + 1);
  if (ts.isArrayLiteralExpression(node)) {
    return { kind: 'list', items: node.elements.map((element) => fromSource(element, lookup, depth + 1)) };
  }
  if (ts.isStringLiteralLike(node)) return { kind: 'value', value: node.text };
  if (ts.isNumericLiteral(node)) return { kind: 'value', value: Number(node.text) };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { kind: 'value', value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { kind: 'value', value: false };
  if (ts.isIdentifier(node)) {
    const initializer = constant(lookup(node));
    return initializer === undefined ? UNKNOWN : fromSource(initializer, lookup, depth + 1);
  }
  return UNKNOWN;
}

/** Members of an object literal; of several with one name the last one holds, and a spread of something unknown hides all. */
function objectSetting(object: ts.ObjectLiteralExpression, lookup: Lookup, depth: number): Setting {
  const members = new Map<string, Member>();
  let isOpen = false;
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      const spread = fromSource(property.expression, lookup, depth);
      if (spread.kind === 'object') for (const [name, member] of spread.members) members.set(name, member);
      else members.clear();
      isOpen ||= spread.kind !== 'object' || spread.isOpen;
      continue;
    }
    const name = nameOf(property);
    if (name === undefined) {
      // A computed name may be any.
      isOpen = true;
      continue;
    }
    if (ts.isPropertyAssignment(property)) {
      members.set(name, { place: property, value: fromSource(property.initializer, lookup, depth) });
    } else if (ts.isShorthandPropertyAssignment(property)) {
      members.set(name, { place: property, value: fromSource(property.name, lookup, depth) });
    } else {
      members.set(name, { place: property, value: UNKNOWN });
    }
  }
  return { kind: 'object', members, isOpen };
}

/** A member of an object, by its name. */
export function memberOf(setting: Setting | undefined, name: string): Member | undefined {
  return setting?.kind === 'object' ? setting.members.get(name) : undefined;
}

/** Whether a setting is exactly this value. */
export function isValue(setting: Setting, value: boolean): boolean {
  return setting.kind === 'value' && setting.value === value;
}

/** The name of a property, quoted, a number (`100: true`) or neither; `undefined` for a computed one. */
export function nameOf(property: ts.ObjectLiteralElementLike): string | undefined {
  const { name } = property;
  if (name === undefined) return undefined;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;
}

function constant(declaration: ts.Declaration | undefined): ts.Expression | undefined {
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  return ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const ? declaration.initializer : undefined;
}
