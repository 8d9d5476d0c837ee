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
 * The types of Express gave handlers the result `void` before version 5, which takes any value, then
 * `void | Promise<void>`, which does not, and `unknown` since version 5.0.7 of express-serve-static-core. That package is
 * seldom named in package.json; @types/express brings the newest there is, which it was from 5.0.3 on. Types without a
 * version of their own are as old as Express. Where package.json says nothing of all that, the strict reading holds.
 */
export function expressTypesTakeAnyResult(header: FileHeader): boolean {
  const core = header.dependency('@types/express-serve-static-core');
  if (core !== undefined) return isOutside(core, [5, 0, 7]);
  const types = header.dependency('@types/express');
  if (types !== undefined) return isOutside(types, [5, 0, 3]);
  const express = header.dependency('express');
  return express !== undefined && lowest(express)[0] < 5;
}

/** `unknown` is what handlers of Next.js may return since version 12. */
function nextTypesRefuseResults(header: FileHeader): boolean {
  const range = header.dependency('next');
  const [major] = range === undefined ? NOWHERE : lowest(range);
  return major > 0 && major < 12;
}

type Version = readonly [major: number, minor: number, patch: number];

const NOWHERE: Version = [0, 0, 0];

/** Before version 5, or from a later one of it on. */
function isOutside(range: string, end: Version): boolean {
  const version = lowest(range);
  return version[0] < 5 || !isBelow(version, end);
}

function isBelow(version: Version, end: Version): boolean {
  const at = version.findIndex((part, index) => part !== end[index]);
  return at >= 0 && (version[at] ?? 0) < (end[at] ?? 0);
}

/** The lowest version of a range; zeros where another file has to be asked, as for `catalog:`. */
function lowest(range: string): Version {
  if (range === 'latest' || range === '*') return [Number.POSITIVE_INFINITY, 0, 0];
  const [, major, minor, patch] = /(?:^|@)[\^~>=v\s]*(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(range) ?? [];
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)];
}
