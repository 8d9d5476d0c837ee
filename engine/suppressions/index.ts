export { type ApplyOptions, applySuppressions, SUPPRESSION_RULES } from './apply.ts';
export { suppressionEdit } from './edit.ts';
export { readSuppressions, type Suppression, type Suppressions } from './read.ts';
export type { SuppressionSource } from './source.ts';
