import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';

/** The value of a member, or the argument, that a detail is a part of: the template, the text with its fallback. */
export function wholeValue(place: ts.Node): ts.Node {
  let value = place;
  for (;;) {
    const { parent } = value;
    if (ts.isTemplateSpan(parent)) value = parent.parent;
    else if (ts.isBinaryExpression(parent) || ts.isConditionalExpression(parent)) value = parent;
    else if (unwrap(parent) === unwrap(value) && unwrap(parent) !== parent) value = parent;
    else if (ts.isCallExpression(parent) && /^(?:String|stringify|inspect|format)$/.test(calledName(parent) ?? '')) {
      value = parent;
    } else if (isMemberOfText(parent, value)) value = parent.parent;
    else return value;
  }
}

/** `error.message.trim()`. */
function isMemberOfText(parent: ts.Node, value: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== value) return false;
  return ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
}
