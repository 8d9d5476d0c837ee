import { type FileHeader, type FunctionNode, ts, unwrap } from '#api';
import { settled } from '../browser/constants.ts';
import { memberCall } from '../calls.ts';
import { isFunctionWithBody } from '../enclosing.ts';
import type { SourceView } from '../sourceView.ts';
import { electronName } from './electronName.ts';

/** A call by which code of the program takes what a page says: listeners of navigation, of messages, and bridges. */
export interface PageEntry {
  readonly call: ts.CallExpression;
  /** The argument with the function, or with the object of functions for a bridge. */
  readonly handler: ts.Expression;
  /** Index of the first parameter that the page fills. */
  readonly first: number;
  readonly kind: 'navigation' | 'ipc' | 'bridge';
}

/** Events of `webContents` that tell where a page wants to go; newer versions put the address into the event itself. */
const NAVIGATION: ReadonlySet<string> = new Set([
  'new-window',
  'will-navigate',
  'will-redirect',
  'will-frame-navigate',
]);

const LISTEN: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'handle', 'handleOnce']);

/** Names of the members by which functions are handed to pages. */
export const ENTRY_MEMBERS: readonly string[] = ['setWindowOpenHandler', 'exposeInMainWorld', ...LISTEN];

/** Tells whether a call hands a function to pages; reads the call and the header alone. */
export function pageEntry(call: ts.CallExpression, header: FileHeader): PageEntry | undefined {
  const member = memberCall(call);
  if (member === undefined) return undefined;
  const [first, second] = call.arguments;
  if (first === undefined) return undefined;
  if (member.name === 'setWindowOpenHandler') return { call, handler: first, first: 0, kind: 'navigation' };
  if (second === undefined) return undefined;
  if (member.name === 'exposeInMainWorld') return { call, handler: second, first: 0, kind: 'bridge' };
  if (!LISTEN.has(member.name)) return undefined;
  const event = unwrap(first);
  if (ts.isStringLiteralLike(event) && NAVIGATION.has(event.text)) {
    return { call, handler: second, first: 0, kind: 'navigation' };
  }
  const isIpc = electronName(unwrap(member.receiver), header) === 'ipcMain';
  return isIpc ? { call, handler: second, first: 1, kind: 'ipc' } : undefined;
}

/** The function that an entry runs when it is written in the file; a bridge has none of its own. */
export function handlerOf(entry: PageEntry, source: SourceView): FunctionNode | undefined {
  if (entry.kind === 'bridge') return undefined;
  const node = unwrap(entry.handler);
  if (isFunctionWithBody(node)) return node;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = source.lookup(node);
  if (declaration !== undefined && isFunctionWithBody(declaration)) return declaration;
  const value = settled(node, source.lookup);
  return isFunctionWithBody(value) ? value : undefined;
}

/** The entry through which a page fills a parameter; `undefined` where nobody can tell who does. */
export function entryOfParameter(
  parameter: ts.ParameterDeclaration,
  entries: readonly PageEntry[],
  source: SourceView,
): PageEntry | undefined {
  const fn = parameter.parent;
  const index = fn.parameters.indexOf(parameter);
  return entries.find((entry) => {
    if (entry.kind === 'bridge') return isMemberOf(fn, settled(entry.handler, source.lookup));
    return index >= entry.first && handlerOf(entry, source) === fn;
  });
}

/** Whether a function is a member of an object literal, at any depth. */
function isMemberOf(fn: ts.Node, object: ts.Node): boolean {
  for (let node = fn; node !== undefined; node = node.parent) {
    if (node === object) return true;
    const { parent } = node;
    if (!ts.isPropertyAssignment(parent) && !ts.isObjectLiteralExpression(parent)) return false;
  }
  return false;
}
