import { type Finding, type FixContext, type TextEdit, ts } from '#api';
import { bindImport, importEdits } from '../../_shared/namedImport.ts';

/** Puts `path.basename(…)` around what comes from the request. */
export function basenameOnly(ctx: FixContext<unknown>, _finding: Finding): TextEdit[] | undefined {
  const place = ctx.node(ts.isExpression);
  const bound = bindImport(ctx, { module: 'path', name: 'basename', isType: false });
  if (place === undefined || bound === undefined) return undefined;
  const text = place.getText();
  // Path parameters are texts, what follows the `?` may be a list.
  const isParameter = /\.[cm]?jsx?$/.test(ctx.path) && /\bparams\b/.test(text);
  const isText = ts.isAsExpression(place) || isParameter || text.startsWith('String(');
  return [...importEdits(ctx, [bound]), ctx.replace(place, `${bound.text}(${isText ? text : `String(${text})`})`)];
}
