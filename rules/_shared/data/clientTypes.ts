import { type FileHeader, ts } from '#api';
import type { SourceView } from '../sourceView.ts';
import { LIBRARIES, VALUES } from './libraries/index.ts';
import type { Library, Role } from './model.ts';

/** A library's value as a type or maker names it. */
export interface Named {
  readonly library: Library;
  readonly role: Role;
  /** Entity or document of `Repository<User>`. */
  readonly target?: string;
}

/** Types that stand for what they are given. */
const TRANSPARENT = new Set([
  'Promise',
  'Readonly',
  'Omit',
  'Pick',
  'NonNullable',
  'Awaited',
  'ReturnType',
  'InstanceType',
]);

/** Aliases are followed this many times. */
const MAX_ALIASES = 6;

/** True when one of the library's packages is a dependency, or the file imports one. */
export function isInstalled({ packages }: Library, header: FileHeader): boolean {
  return packages.some((name) => header.dependency(name) !== undefined || header.modules.has(name));
}

/** What a maker or class is called that `header.resolve` answered with, generated clients included. */
export function namedValue(reference: string | undefined, header: FileHeader): Named | undefined {
  if (reference === undefined) return undefined;
  const known = VALUES.get(reference);
  if (known !== undefined) return known;
  const name = reference.slice(reference.indexOf('#') + 1);
  for (const library of LIBRARIES) {
    const role = library.generated?.[name];
    if (role !== undefined && isInstalled(library, header)) return { library, role };
  }
  return undefined;
}

/** What a declared type says a value is. Only the file's own aliases and interfaces are followed. */
export function typeValue(type: ts.TypeNode | undefined, source: SourceView, depth = 0): Named | undefined {
  if (type === undefined || depth > MAX_ALIASES) return undefined;
  const next = (inner: ts.TypeNode | undefined) => typeValue(inner, source, depth + 1);
  if (ts.isParenthesizedTypeNode(type)) return next(type.type);
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) {
    for (const part of type.types) {
      const value = next(part);
      if (value !== undefined) return value;
    }
    return undefined;
  }
  if (ts.isTypeQueryNode(type)) return namedValue(entityReference(type.exprName, source.header), source.header);
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const reference = entityReference(type.typeName, source.header);
  const target = type.typeArguments?.[0]?.getText();
  const named = namedValue(reference, source.header);
  if (named !== undefined) return target === undefined ? named : { ...named, target };
  if (!ts.isIdentifier(type.typeName)) return undefined;
  if (TRANSPARENT.has(type.typeName.text)) return next(type.typeArguments?.[0]);
  const declaration = reference === undefined ? source.lookupType(type.typeName) : undefined;
  return declaration !== undefined && ts.isTypeAliasDeclaration(declaration) ? next(declaration.type) : undefined;
}

/** `module#name` of a type's name; `undefined` for what the file does not import. */
function entityReference(name: ts.EntityName, header: FileHeader): string | undefined {
  if (!ts.isIdentifier(name)) {
    const base = entityReference(name.left, header);
    return base === undefined ? undefined : `${base}${base.includes('#') ? '.' : '#'}${name.right.text}`;
  }
  const imported = header.imports.get(name.text);
  if (imported === undefined) return undefined;
  return imported.name === '' ? imported.module : `${imported.module}#${imported.name}`;
}
