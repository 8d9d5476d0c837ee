import { type Finding, type FixContext, type TextEdit, ts, unwrap } from '#api';
import { quoteMark } from '../../_shared/layout.ts';
import { isPlainReference } from '../../_shared/web/plainReference.ts';

/** Puts `/` in place of what is no path: `next?.startsWith('/') && !next.startsWith('//') ? next : '/'`. */
export function guardTarget(ctx: FixContext<unknown>, _finding: Finding): TextEdit[] | undefined {
  const target = ctx.node(ts.isExpression);
  const value = target && unwrap(target);
  if (target === undefined || value === undefined || !isPlainReference(value)) return undefined;
  // Behind a scheme stands a host, no path.
  const name = ts.isIdentifier(value) ? value.text.replaceAll('$', '\\$&') : undefined;
  if (name !== undefined && new RegExp(`\\b${name}\\s*=\\s*['"\`]https?://`).test(ctx.text)) return undefined;
  const quote = quoteMark(ctx.text);
  const slash = `${quote}/${quote}`;
  // Browsers read a backslash as a slash: `/\\evil.example` is another site as well.
  const text = value.getText();
  return [ctx.replace(target, `/^\\/(?![/\\\\])/.test(String(${text})) ? String(${text}) : ${slash}`)];
}
