import type { FunctionNode } from '#api';
import { ts } from '#api';

/** What is called to make an error. */
const MAKES_ERROR = '[\\w.]*(?:[eE]rr|[eE]xception|[bB]oom|[nN]otFound|[fF]orbidden|[uU]nauthori|[bB]adRequest)[\\w.]*';

/**
 * Whether a handler of Express never lets a request go on to what is registered behind it: it takes no `next`, never names
 * it, or, for requests without an error, only hands it an error made there. Handlers of errors have to keep the error.
 */
export function endsRequest(fn: FunctionNode): boolean {
  const names = fn.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
  const isForErrors = names.length === 4;
  const [response, next] = names.slice(isForErrors ? 2 : 1);
  if (response === undefined || !/^_*res(?:p|ponse)?$/i.test(response) || fn.body === undefined) return false;
  if (next === undefined) return names.length === 2 && !usesArguments(fn.body);
  if (next === '' || names.length > 4 || names.length < 3) return false;
  const own = `(?<![\\w$.])${next.replace(/\$/g, '\\$&')}(?![\\w$])`;
  const goesOn = isForErrors ? own : `${own}(?!\\(\\s*(?:new\\s|${MAKES_ERROR}\\())`;
  return !new RegExp(goesOn).test(textOf(fn.body)) && !usesArguments(fn.body);
}

function usesArguments(body: ts.Node): boolean {
  return /\barguments\b/.test(textOf(body));
}

function textOf(node: ts.Node): string {
  return node.getSourceFile().text.slice(node.pos, node.end);
}
