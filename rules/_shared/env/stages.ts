/** Variables that name the stage and are compared with one. */
const STAGE_NAMES: ReadonlySet<string> = new Set([
  'NODE_ENV',
  'APP_ENV',
  'APP_ENVIRONMENT',
  'ENVIRONMENT',
  'ENV',
  'STAGE',
  'MODE',
  'VERCEL_ENV',
  'DENO_ENV',
  'nodeEnv',
  'env',
  'mode',
]);

/** True for `NODE_ENV` and its like, which say something only when compared. */
export function namesStage(name: string): boolean {
  return STAGE_NAMES.has(name);
}

/** What comparing such a variable with a text asks: is this no production, is it production; anything else tells nothing. */
export function stageMeant(text: string): 'development' | 'production' | undefined {
  if (/^prod(?:uction)?$/i.test(text)) return 'production';
  return /^(?:dev(?:elop(?:ment)?)?|local|test(?:ing)?|e2e|ci)$/i.test(text) ? 'development' : undefined;
}
