import { type FileHeader, ts, unwrap } from '#api';

/** A text that is run as code. */
export interface CodeSink {
  /** How it is called: `eval`, `new Function`, `vm.runInNewContext`. */
  readonly name: string;
  readonly code: ts.Expression;
  /** Set for `require` and `import()`, which take the name of a module. */
  readonly isModule: boolean;
}

const VM = /^vm#(runInContext|runInNewContext|runInThisContext|compileFunction|Script)$/;

export const NAMES =
  /^(?:eval|Function|setTimeout|setInterval|setImmediate|require|Script|compileFunction|runIn(?:This|New)?Context)$/;

/** Calls that may run a text, by names first: nearly all others are left after one look. */
export function calledCode(node: ts.CallExpression, header: FileHeader): CodeSink | undefined {
  const [first] = node.arguments;
  if (first === undefined || ts.isStringLiteralLike(first) || ts.isFunctionLike(first)) return undefined;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return { name: 'import', code: first, isModule: true };
  const callee = called(node.expression);
  const name = nameOf(callee);
  if (name === undefined || !NAMES.test(name)) return undefined;
  if (name === 'require') return { name, code: first, isModule: true };
  const known = knownAs(callee, header);
  if (known === 'global#Function') return constructed(node.arguments);
  if (known === 'global#eval') return { name, code: first, isModule: false };
  if (known !== undefined && /^global#set(?:Timeout|Interval|Immediate)$/.test(known)) {
    return isText(first) ? { name, code: first, isModule: false } : undefined;
  }
  return known !== undefined && VM.test(known) ? { name: `vm.${name}`, code: first, isModule: false } : undefined;
}

/** `new Function(…)` and `new vm.Script(…)`. */
export function constructedCode(node: ts.NewExpression, header: FileHeader): CodeSink | undefined {
  const callee = called(node.expression);
  const name = nameOf(callee);
  const [first] = node.arguments ?? [];
  if (first === undefined || (name !== 'Function' && name !== 'Script')) return undefined;
  const known = knownAs(callee, header);
  if (known === 'global#Function') return constructed(node.arguments ?? []);
  return known === 'vm#Script' ? { name: 'vm.Script', code: first, isModule: false } : undefined;
}

/** The body comes last, behind the names of parameters. */
function constructed(args: readonly ts.Expression[]): CodeSink | undefined {
  const code = args.at(-1);
  return code === undefined || ts.isStringLiteralLike(code)
    ? undefined
    : { name: 'new Function', code, isModule: false };
}

/** A timer that gets a text: put together, as functions never are. */
function isText(first: ts.Expression): boolean {
  const node = unwrap(first);
  if (ts.isTemplateExpression(node)) return true;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return false;
  return [node.left, node.right].some((side) => ts.isStringLiteralLike(unwrap(side)) || isText(side));
}

/** What is called: `eval` for `(0, eval)`, which is how code asks for the global scope. */
function called(expression: ts.Expression): ts.Node {
  const callee = unwrap(expression);
  const isComma = ts.isBinaryExpression(callee) && callee.operatorToken.kind === ts.SyntaxKind.CommaToken;
  return isComma ? unwrap(callee.right) : callee;
}

/** The global object is left out, by whatever name: `window.eval` is `eval`. */
function knownAs(callee: ts.Node, header: FileHeader): string | undefined {
  return header.resolve(callee)?.replace(/^global#(?:window|globalThis|self|global)\./, 'global#');
}

function nameOf(callee: ts.Node): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}
