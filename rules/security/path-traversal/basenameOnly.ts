import { type Finding, type FixContext, type TextEdit, ts } from '#api';
import { bindImport, importEdits } from '../../_shared/namedImport.ts';

/** Puts `path.basename(…)` around what comes from the request. */
export function basenameOnly(ctx: FixContext<unknown>, _finding: Finding): TextEdit[] | undefined {
  const place = ctx.node(ts.isExpression);
  const bound = bindImport(ctx, { module: 'path', name: 'basename', isType: false });
  if (place === undefined || bound === undefined) return undefined;
  const text = place.getText();
  const isText = ts.isAsExpression(place) || /\.[cm]?jsx?$/.test(ctx.path) || text.startsWith('String(');
  return [...importEdits(ctx, [bound]), ctx.replace(place, `${bound.text}(${isText ? text : `String(${text})`})`)];
}
