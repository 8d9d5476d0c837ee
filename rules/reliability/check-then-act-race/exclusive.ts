import { type FunctionNode, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** What runs one caller at a time, or runs a function but once. */
const EXCLUSIVE =
  /exclusive|lock|mutex|semaphore|serial|sequential|synchron|queue|throttle|debounce|single|once|memo|dedupe|coalesce|limit/i;
const LOCKING = /mutex|semaphore|runExclusive|withLock|AsyncLock|acquireLock|synchronized|navigator\.locks/i;

/** Methods that a frame calls once in the life of an object, and functions that a program calls once in its own. */
const ONCE =
  /^(?:main|bootstrap|on(?:Module|Application)(?:Init|Bootstrap|Destroy|Shutdown)|beforeApplicationShutdown|ngOnInit|ngOnDestroy|connectedCallback|componentDidMount|mounted|created|setup|register|configure|deploy|install|up|down)$/;

/** Whether somebody sees to it that a function does not run twice at a time; reads the class, or the file, around it. */
export function runsAlone(fn: FunctionNode, source: SourceView): boolean {
  const name = functionName(fn);
  if (ONCE.test(name)) return true;
  for (let node: ts.Node = fn; node.parent !== undefined; node = node.parent) {
    if (isDecorated(node)) return true;
    const { parent } = node;
    // `this.opening = (async () => …)()`: the code around it has the promise, and may share it.
    if (ts.isCallExpression(parent) && unwrap(parent.expression) === fn) return true;
    if (ts.isCallExpression(parent) && parent.expression !== node && EXCLUSIVE.test(parent.expression.getText()))
      return true;
  }
  const owner = ts.findAncestor<ts.Node>(fn, ts.isClassLike) ?? fn.getSourceFile();
  source.relyOn(owner);
  const text = owner.getText();
  if (LOCKING.test(text)) return true;
  // `this.opening = this.open()`: callers share the promise.
  return name !== '' && new RegExp(`=\\s*(?:this\\.|self\\.)?${escaped(name)}\\(`).test(text);
}

function escaped(name: string): string {
  return name.replace(/[$#]/g, '\\$&');
}

function isDecorated(node: ts.Node): boolean {
  if (!ts.canHaveDecorators(node)) return false;
  return (ts.getDecorators(node) ?? []).some(({ expression }) =>
    EXCLUSIVE.test(ts.isCallExpression(expression) ? (calledName(expression) ?? '') : expression.getText()),
  );
}

function functionName(fn: FunctionNode): string {
  const { parent } = fn;
  const isHeld =
    ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent);
  const name = isHeld ? parent.name : fn.name;
  return name === undefined ? '' : name.getText();
}
