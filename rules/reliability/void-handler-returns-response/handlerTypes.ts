import type { FileHeader } from '#api';
import { majorOf } from '../../_shared/packageMajor.ts';
import type { TypeName } from '../../_shared/typeReference.ts';

const EXPRESS_MODULES = new Set(['express', 'express-serve-static-core']);
const EXPRESS_HANDLERS = new Set(['RequestHandler', 'ErrorRequestHandler', 'Handler']);

/** Says that a framework's own type for handlers, in the version the project uses, refuses any result but none. */
export function refusesResults({ module, name }: TypeName, header: FileHeader): boolean {
  if (module === 'next' && name === 'NextApiHandler') return nextTypesRefuseResults(header);
  if (module === undefined || !EXPRESS_MODULES.has(module) || !EXPRESS_HANDLERS.has(name)) return false;
  return !expressTypesTakeAnyResult(header);
}

/** One of the versions that refuse results, and no other. */
const STRICT_CORE = /^[v=\s]*5\.0\.[0-6]$/;

/**
 * The types of Express gave handlers the result `void` before version 5, which takes any value, then
 * `void | Promise<void>`, which does not, and `unknown` since version 5.0.7 of express-serve-static-core. @types/express
 * brings the newest of that package there is, whatever its own version: only one that package.json pins is strict. Where
 * package.json says nothing of all that, the strict reading holds.
 */
export function expressTypesTakeAnyResult(header: FileHeader): boolean {
  const core = header.dependency('@types/express-serve-static-core');
  if (core !== undefined) return !STRICT_CORE.test(core);
  if (header.dependency('@types/express') !== undefined) return true;
  const express = header.dependency('express');
  return express !== undefined && majorOf(express) < 5;
}

/** `unknown` is what handlers of Next.js may return since version 12. */
function nextTypesRefuseResults(header: FileHeader): boolean {
  const range = header.dependency('next');
  const major = range === undefined ? 0 : majorOf(range);
  return major > 0 && major < 12;
}
