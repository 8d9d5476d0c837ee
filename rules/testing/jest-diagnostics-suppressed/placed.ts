import { ts } from '#api';
import { nameOf } from '../../_shared/testing/setting.ts';

/** Where options of ts-jest stand in a configuration. */
export interface Placed {
  /** The section of the configuration that holds them; code puts those of other places, projects included, in by itself. */
  readonly section?: 'transform' | 'globals';
  /** The `rootDir` around them, as written. */
  readonly rootDir?: string;
}

/** Reads the objects around options in source code. */
export function placeInSource(options: ts.Node): Placed {
  let section: Placed['section'];
  let rootDir: string | undefined;
  let isProject = false;
  for (let at = options; at.parent !== undefined && !ts.isSourceFile(at.parent); at = at.parent) {
    const { parent } = at;
    if (ts.isPropertyAssignment(parent) && ts.isObjectLiteralExpression(at)) {
      const name = nameOf(parent);
      if (name === 'transform' || name === 'globals') section ??= name;
    } else if (section !== undefined && ts.isObjectLiteralExpression(parent)) rootDir ??= rootDirIn(parent);
    if (section !== undefined && ts.isArrayLiteralExpression(parent)) isProject = true;
  }
  return { ...(section !== undefined && !isProject && { section }), ...(rootDir !== undefined && { rootDir }) };
}

function rootDirIn(object: ts.ObjectLiteralExpression): string | undefined {
  const found = object.properties.find((property) => nameOf(property) === 'rootDir');
  const value = found !== undefined && ts.isPropertyAssignment(found) ? found.initializer : undefined;
  return value !== undefined && ts.isStringLiteralLike(value) ? value.text : undefined;
}
