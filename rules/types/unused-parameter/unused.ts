import { type FunctionNode, ts } from '#api';

/** Parameters that a function never reads and cannot leave out, because one that it reads comes behind them. */
export function unusedParameters(fn: FunctionNode): readonly ts.ParameterDeclaration[] {
  const { body, parameters } = fn;
  if (body === undefined || parameters.length < 2) return [];
  const candidates = parameters.slice(0, -1).filter(mayBeUnused);
  if (candidates.length === 0) return [];
  const text = fn.getText();
  // All parameters count when the function takes them by their position.
  if (/\barguments\b/.test(text)) return [];
  const lastUsed = parameters.findLastIndex((parameter) => !mayBeUnused(parameter) || isMentioned(parameter, text));
  return candidates.filter((one) => parameters.indexOf(one) < lastUsed && !isMentioned(one, text));
}

/** What a function that ignores errors forgot; it should look at it, rather than say that it never meant to. */
const ERROR = /^(?:e|ex|err(?:or)?|exception)$|(?:Err|Error)$/;

/** Plain names without a mark (in broken code there may be none), not those that are fields as well, that decorators fill, or that are asked for by name. */
function mayBeUnused(parameter: ts.ParameterDeclaration): boolean {
  const { name, dotDotDotToken } = parameter;
  if (!ts.isIdentifier(name) || dotDotDotToken !== undefined || /^$|^[_$]|^this$/.test(name.text)) return false;
  if (ERROR.test(name.text)) return false;
  return (ts.getModifiers(parameter) ?? []).length === 0 && ts.getDecorators(parameter) === undefined;
}

/** Whether the name occurs again, in comments and texts as well: then it is left alone. */
function isMentioned({ name }: ts.ParameterDeclaration, text: string): boolean {
  const word = name.getText();
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (isWord(text, at, word.length)) count++;
    if (count > 1) return true;
  }
  return false;
}

function isWord(text: string, at: number, length: number): boolean {
  return !/[\w$]/.test(text.charAt(at - 1)) && !/[\w$]/.test(text.charAt(at + length));
}
