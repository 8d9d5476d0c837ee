import { type Finding, type FixContext, type TextEdit, ts, unwrap } from '#api';

/** `Math.random().toString(36).slice(2)`, once or several times joined. */
const CHAIN =
  /^(?:Math\.random\(\)\.toString\((?:16|36)\)(?:\.(?:slice|substring|substr)\([\d, -]*\))?(?:\s*\+\s*(?=M)|$))+$/;

/** Puts `crypto.randomUUID()` in the place of a text made of random numbers. */
export function randomUuid(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const imported = ctx.header.imports.get('crypto');
  const isCrypto =
    imported === undefined ? !ctx.header.topLevel.has('crypto') : imported.module === 'crypto' && imported.name === '';
  if (!isCrypto) return undefined;
  let whole: ts.Node | undefined = ctx.node(ts.isCallExpression);
  let found: ts.Node | undefined;
  for (; whole !== undefined && !ts.isStatement(whole); whole = whole.parent) {
    if (ts.isExpression(whole) && CHAIN.test(unwrap(whole).getText())) found = whole;
  }
  return found !== undefined && found.getStart() <= finding.start
    ? [ctx.replace(found, 'crypto.randomUUID()')]
    : undefined;
}
