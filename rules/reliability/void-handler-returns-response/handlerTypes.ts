import type { FileHeader } from '#api';
import type { TypeName } from './typeReference.ts';

const EXPRESS_MODULES = new Set(['express', 'express-serve-static-core']);
const EXPRESS_HANDLERS = new Set(['RequestHandler', 'ErrorRequestHandler', 'Handler']);

/** Says that a framework's own type for handlers, in the version the project uses, refuses any result but none. */
export function refusesResults({ module, name }: TypeName, header: FileHeader): boolean {
  if (module === 'next' && name === 'NextApiHandler') return nextTypesRefuseResults(header);
  if (module === undefined || !EXPRESS_MODULES.has(module) || !EXPRESS_HANDLERS.has(name)) return false;
  return !expressTypesTakeAnyResult(header);
}

/**
 * Before version 5 the types of Express gave handlers the result `void`, which takes any value; version 5 made it
 * `void | Promise<void>`, which does not. Types without a version of their own are as old as the package. Where
 * package.json says nothing about either, the strict reading holds.
 */
export function expressTypesTakeAnyResult(header: FileHeader): boolean {
  const range = header.dependency('@types/express') ?? header.dependency('express');
  return range !== undefined && majorOf(range) < 5;
}

/** `unknown` is what handlers of Next.js may return since version 12. */
function nextTypesRefuseResults(header: FileHeader): boolean {
  const range = header.dependency('next');
  const major = range === undefined ? Number.NaN : majorOf(range);
  return major > 0 && major < 12;
}

/** The major version of a range; 0 where another file has to be asked, as for `catalog:`. */
function majorOf(range: string): number {
  if (range === 'latest' || range === '*') return Number.POSITIVE_INFINITY;
  return Number(/(?:^|@)[\^~>=v\s]*(\d+)/.exec(range)?.[1] ?? 0);
}
