import { ts } from '#api';
import { isFunctionWithBody } from '../../enclosing.ts';
import { returnedBy } from '../handlerFunctions.ts';
import { endsRequest } from './endsRequest.ts';
import type { FunctionFacts, Hint, Value } from './facts.ts';
import type { ValueReader } from './readValues.ts';
import type { WebFact } from './webFact.ts';

/** What can be told of the functions that fill applications, make them, or handle requests. Call after all values are read. */
export function readFunctions(facts: readonly WebFact[], reader: ValueReader): Readonly<Record<string, FunctionFacts>> {
  const wanted = new Map<ts.Node, { hints: Set<Hint>; makes: boolean; socket: boolean; returns: Value[] }>();
  const want = (fn: ts.Node) => {
    let entry = wanted.get(fn);
    if (entry === undefined) {
      entry = { hints: new Set(), makes: false, socket: false, returns: [] };
      wanted.set(fn, entry);
    }
    return entry;
  };
  const known = new Set(reader.functions.values());
  const isNamed = (fn: ts.Node) => !reader.keys.of(fn).includes('~');
  for (const fact of facts) {
    if (fact.kind === 'made' || fact.kind === 'operation') {
      const fn = ts.findAncestor(fact.node.parent, isFunctionWithBody);
      if (fn !== undefined && (known.has(fn) || isNamed(fn))) want(fn).makes = true;
    } else if (fact.kind === 'handler' && isFunctionWithBody(fact.node)) {
      const maker = makerOfHandler(fact.node);
      if (maker !== undefined) want(maker).returns.push(reader.value(fact.node));
      if (known.has(fact.node) || maker !== undefined || isExportable(fact.node)) want(fact.node);
    } else if (fact.kind === 'socket' && isFunctionWithBody(fact.node)) {
      if (known.has(fact.node) || isExportable(fact.node)) want(fact.node).socket = true;
    } else if (fact.kind === 'hint') {
      for (let up = ts.findAncestor(fact.node, isFunctionWithBody); up !== undefined; ) {
        if (known.has(up) || isExportable(up)) want(up).hints.add(fact.hint);
        up = ts.findAncestor(up.parent, isFunctionWithBody);
      }
    }
  }
  for (const fn of known) if (isFunctionWithBody(fn) && returnsMember(fn)) want(fn).makes = true;
  const functions: [string, FunctionFacts][] = [];
  for (const [fn, { hints, makes, socket, returns }] of wanted) {
    if (!isFunctionWithBody(fn)) continue;
    const values = makes ? [...returns, ...returnedBy(fn).map(reader.value)] : returns;
    const told = values.filter(({ is }) => is !== 'unknown' && is !== 'text');
    functions.push([
      reader.keys.of(fn),
      {
        parameters: fn.parameters.length,
        ...(socket && { takesSocket: true as const }),
        ...(takesError(fn) && { takesError: true as const }),
        ...(endsRequest(fn) && { ends: true as const }),
        ...(told.length > 0 && { returns: told }),
        ...(hints.size > 0 && { hints: [...hints].sort() }),
      },
    ]);
  }
  return Object.fromEntries(functions.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A function that other files, or a registration by name, can reach. */
function isExportable(fn: ts.Node): boolean {
  if (ts.isFunctionDeclaration(fn) || ts.isMethodDeclaration(fn)) return true;
  return ts.isVariableDeclaration(fn.parent) || ts.isPropertyDeclaration(fn.parent) || ts.isExportAssignment(fn.parent);
}

/** The function that gives back a handler: `(options) => (req, res, next) => …`. */
function makerOfHandler(handler: ts.Node): ts.Node | undefined {
  let { parent } = handler;
  while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) parent = parent.parent;
  if (ts.isArrowFunction(parent)) return parent;
  return ts.isReturnStatement(parent) ? ts.findAncestor(parent, isFunctionWithBody) : undefined;
}

/** `getServer() { return this.app; }`. */
function returnsMember(fn: ts.Node): boolean {
  if (!ts.isMethodDeclaration(fn)) return false;
  const [only, ...others] = fn.body?.statements ?? [];
  return others.length === 0 && only !== undefined && ts.isReturnStatement(only);
}

function takesError({ parameters }: ts.SignatureDeclaration): boolean {
  const [first] = parameters;
  return (
    first !== undefined && ts.isIdentifier(first.name) && /^_*(?:err|error|e|ex|exception)$/i.test(first.name.text)
  );
}
