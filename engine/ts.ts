/**
 * The one door to the TypeScript compiler API.
 *
 * `typescript@7` no longer ships this API, so the engine uses the copy inside ts-morph (TypeScript 6). Everything else
 * imports `ts` from here, never from `typescript` or ts-morph: enums and nodes of two copies do not mix.
 * `getLibFiles` are its own `lib.*.d.ts`, `matchFiles` evaluates `include` and `exclude` of a tsconfig.
 */
export { getLibFiles, matchFiles, ts } from '@ts-morph/common';
