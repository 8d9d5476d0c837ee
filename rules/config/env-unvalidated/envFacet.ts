import { type Anchor, type FileHeader, facet, ts } from '#api';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { isEnvironmentHere, isHandedOn } from '../../_shared/env/environment.ts';
import { type Usage, usage } from '../../_shared/env/usage.ts';
import { type PackageFacts, packageFacts } from '../../_shared/project/packageFacts.ts';
import type { Lookup } from '../../_shared/sourceView.ts';
import { type Candidate, type Check, isCheckedInPlace, mayCheck, mayStop, ownerOf } from './checks.ts';
import { type Fact, factsBesideChecks, placeOf } from './envFact.ts';
import { demandsOf, guardsIn } from './guards.ts';
import {
  exportedName,
  isMereCheck,
  isValidatingNew,
  registersValidation,
  VALIDATORS,
  validationBy,
} from './validation.ts';

/** One read of an environment variable. */
export interface EnvRead extends Usage {
  readonly name: string;
  readonly at: Anchor;
}

/** What a file says about the environment. */
export interface EnvFacts {
  readonly reads: readonly EnvRead[];
  /** Names in capitals that schemas of the file have as keys. */
  readonly keys: readonly string[];
  /** Variables without which the program stops, by hand-written code, and those that it sets itself. */
  readonly checked: readonly string[];
  /** Set when the file hands the environment to a validator, or is one; names the exported result where it shows. */
  readonly validator?: { readonly exported?: string };
  /** Hands the environment as a whole to code of which nobody can say whether it checks it. */
  readonly handsOn?: true;
  /** Uses the page it is shown in: a bundler puts the values in place of what it reads. */
  readonly isBrowser?: true;
  /** Imports what only Node has. */
  readonly isNode?: true;
  /** Set for package.json. */
  readonly package?: PackageFacts;
}

const NODE_MODULES =
  /^(?:fs|path|http|https|http2|net|os|child_process|cluster|worker_threads|stream|dns|tls|fs\/promises)$/;

/** Reads of the environment, and where it is validated. */
export const envFacet = facet<Fact, EnvFacts>({
  name: 'config/env',
  skipsTests: true,
  collect: {
    PropertyAccessExpression: (node, { header }): Fact | undefined => {
      if (isEnvironmentHere(node.expression, header)) return { kind: 'read', node, name: node.name.text };
      return isPage(node.expression, header) ? { kind: 'browser' } : undefined;
    },
    ElementAccessExpression: (node, { header }): Fact | undefined => {
      if (!isEnvironmentHere(node.expression, header)) return undefined;
      return ts.isStringLiteralLike(node.argumentExpression)
        ? { kind: 'read', node, name: node.argumentExpression.text }
        : { kind: 'computed', node };
    },
    VariableDeclaration: (node, { header }): Fact[] | undefined => {
      if (!ts.isObjectBindingPattern(node.name) || node.initializer === undefined) return undefined;
      if (!isEnvironmentHere(node.initializer, header)) return undefined;
      return node.name.elements.flatMap((element): Fact[] => {
        const key = element.propertyName ?? element.name;
        return element.dotDotDotToken === undefined && ts.isIdentifier(key)
          ? [{ kind: 'read', node: element, name: key.text }]
          : [];
      });
    },
    IfStatement: (node): Fact | undefined => candidate(node),
    PropertyAssignment: { named: isVariableName, listen: (node, { header }): Fact | undefined => keyOf(node, header) },
    PropertyDeclaration: (node, { header }): Fact | undefined => keyOf(node, header),
    CallExpression: (node, { header }): Fact | Fact[] | undefined => {
      const of = validationBy(node, header);
      if (of !== undefined) return [{ kind: 'validation', call: node, of }, ...namedBy(node)];
      return isHandedOn(node, header) ? { kind: 'handed' } : candidate(node);
    },
    NewExpression: (node, { header }): Fact | undefined => {
      if (isValidatingNew(node, header)) return { kind: 'validation', call: node, of: 'environment' };
      return isHandedOn(node, header) ? { kind: 'handed' } : undefined;
    },
  },
  fold(scope, ctx) {
    // Any `if` may be a check: most files have nothing but these.
    const facts = [...factsBesideChecks(scope)].sort((a, b) => placeOf(a) - placeOf(b));
    if (facts.length === 0) return undefined;
    const variables = facts.filter((fact) => fact.kind === 'read');
    const isAboutEnvironment = variables.length > 0 || facts.some((fact) => fact.kind === 'computed');
    // Any `if` may be a check; they matter beside a read alone.
    const checks = isAboutEnvironment ? scope : undefined;
    const reads = variables.filter((fact) => !isWrite(fact.node));
    const keys = [...new Set(facts.flatMap((fact) => (fact.kind === 'key' ? [fact.name] : [])))].sort();
    const guards = guardsIn(checks);
    const byHand = facts.some(
      (fact) => fact.kind === 'computed' && isDemanded(fact.node, guards(fact.node), ctx.lookup),
    );
    const validations = facts.filter(
      (fact) => fact.kind === 'validation' && (fact.of === 'environment' || keys.length > 1),
    ) as Extract<Fact, { kind: 'validation' }>[];
    const isValidator = byHand || validations.length > 0 || (keys.length > 0 && registersValidation(ctx.header));
    const isBrowser = facts.some((fact) => fact.kind === 'browser');

    const checked = new Set(byHand ? namesIn(ctx.file) : []);
    // Nobody can read a result that is dropped: the check has let the program go on, and that is all there is.
    if (validations.length > 0 && validations.every(({ call }) => isMereCheck(call)))
      for (const key of keys) checked.add(key);
    const handsOn = facts.some((fact) => fact.kind === 'handed');
    // What the program sets itself does not come from outside.
    for (const { node, name } of variables) if (isWrite(node)) checked.add(name);
    for (const name of checks === undefined ? [] : demandsOf(checks).variables) checked.add(name);
    const open = reads.filter(({ node, name }) => {
      if (isCheckedInPlace(node, ctx.lookup)) return false;
      const guard = guards(node);
      if (guard?.stops === 'program') checked.add(name);
      return guard === undefined;
    });
    const [first] = validations;
    // What is made of single variables is no object of them all.
    const isWhole = first !== undefined && (!ts.isCallExpression(first.call) || namedBy(first.call).length === 0);
    const exported = isWhole ? exportedName(first.call) : undefined;
    const isNode = [...ctx.header.modules].some((module) => NODE_MODULES.test(module));
    if (open.length + keys.length + checked.size === 0 && !isValidator && !isBrowser && !handsOn) return undefined;
    return {
      reads: open
        .sort((a, b) => a.node.pos - b.node.pos)
        .map(({ name, node }): EnvRead => ({ name, at: ctx.at(node), ...usage(node) })),
      keys,
      checked: [...checked].sort(),
      ...(isValidator && { validator: exported === undefined ? {} : { exported } }),
      ...(handsOn && { handsOn }),
      ...(isBrowser && { isBrowser }),
      ...(isNode && { isNode }),
    };
  },
  documents: {
    languages: ['json'],
    fold(document, { path }) {
      if (!path.endsWith('/package.json') || document.language !== 'json' || !('roots' in document)) return undefined;
      const [root] = document.roots;
      return root?.kind === 'object' ? { reads: [], keys: [], checked: [], package: packageFacts(root) } : undefined;
    },
  },
});

/** `env.get('DB_HOST')` of env-var. */
function namedBy(call: ts.CallExpression): Fact[] {
  const [name] = call.arguments;
  const isName = name !== undefined && ts.isStringLiteralLike(name) && isVariableName(name.text);
  return isName ? [{ kind: 'key', name: name.text }] : [];
}

function candidate(node: Candidate): Fact | undefined {
  return mayCheck(node) ? { kind: 'check', node } : undefined;
}

/** A key in capitals, in a file that has a validator at hand: part of a schema for the environment. */
function keyOf(node: ts.PropertyAssignment | ts.PropertyDeclaration, header: FileHeader): Fact | undefined {
  if (!ts.isIdentifier(node.name) && !ts.isStringLiteral(node.name)) return undefined;
  if (!isVariableName(node.name.text)) return undefined;
  for (const module of header.modules) if (VALIDATORS.has(module)) return { kind: 'key', name: node.name.text };
  return undefined;
}

function isVariableName(text: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(text);
}

const PAGES = new Set(['document', 'window', 'localStorage']);

/** `document` and `window` of a page. */
function isPage(node: ts.Node, header: FileHeader): boolean {
  if (!ts.isIdentifier(node) || !PAGES.has(node.text)) return false;
  return header.resolve(node)?.startsWith('global') === true;
}

/** `process.env.X = …`, `delete process.env.X`. */
function isWrite(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isDeleteExpression(parent)) return true;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** Whether code stops when a variable is missing whose name it computes: `for (const name of NEEDED) if (!env[name]) …`. */
function isDemanded(node: ts.Node, guard: Check | undefined, lookup: Lookup): boolean {
  if (guard !== undefined) return guard.stops === 'program';
  if (isCheckedInPlace(node, lookup)) return true;
  const owner = ownerOf(node);
  // `NEEDED.filter((name) => !process.env[name])`: the list of what is missing decides.
  if (isFunctionValue(owner) && isPredicate(owner)) return mayStop(ownerOf(owner));
  // `if (!process.env[name]) missing.push(name)`: the same in a loop.
  return isDenied(node) && mayStop(owner);
}

function isPredicate(callback: ts.Node): boolean {
  const call = callback.parent;
  const callee = ts.isCallExpression(call) ? call.expression : undefined;
  return (
    callee !== undefined &&
    ts.isPropertyAccessExpression(callee) &&
    /^(?:filter|some|every|find|forEach)$/.test(callee.name.text)
  );
}

function isDenied(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isPrefixUnaryExpression(parent) &&
    parent.operator === ts.SyntaxKind.ExclamationToken &&
    ts.isIfStatement(parent.parent)
  );
}

/** All variable names that stand as text in a file. */
function namesIn(file: ts.SourceFile): readonly string[] {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && isVariableName(node.text)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...names];
}
