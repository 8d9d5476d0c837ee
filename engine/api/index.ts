export type * from '../formats/types.ts';
export { ts } from '../ts.ts';
export * from './facet.ts';
export type * from './finding.ts';
export type * from './fix.ts';
export type * from './header.ts';
export type * from './kinds.ts';
export * from './rule.ts';
export * from './unwrap.ts';
