import { type Anchor, facet, oncePerScope, type SourceFacetContext, ts } from '#api';
import { isEnvironment } from '../../_shared/env/environment.ts';
import { usage } from '../../_shared/env/usage.ts';
import { isVariableName } from './variableName.ts';

/** One place where a variable of the environment is read. */
export interface Read {
  readonly name: string;
  readonly at: Anchor;
  readonly hasFallback?: true;
}

/** What a file's code says about variables of the environment. */
export interface ReadFacts {
  /** The first read of each variable. */
  readonly reads: readonly Read[];
  /** Variables that the code sets itself. */
  readonly sets: readonly string[];
  /** All names written as variables are, whatever they stand for: somebody may read a variable by one of them. */
  readonly names: readonly string[];
  /** Reads variables whose names it computes, or hands all of them on. */
  readonly isOpen?: true;
}

type Fact =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'set'; readonly name: string }
  | { readonly kind: 'asked'; readonly name: string; readonly node: ts.CallExpression }
  | { readonly kind: 'environment'; readonly node: ts.PropertyAccessExpression };

const SERVICE = /config|env/i;

/** Reads of the environment, and all names that look like a variable's. */
export const readFacet = facet<Fact, ReadFacts>({
  name: 'config/env-reads',
  collect: {
    PropertyAccessExpression: {
      named: (name) => name === 'env' || isVariableName(name),
      listen: (node, { header }) => {
        if (node.name.text !== 'env') return named(node.name);
        const isOfBuild = node.expression.kind === ts.SyntaxKind.MetaProperty;
        return isOfBuild || isEnvironment(node, header) ? { kind: 'environment', node } : undefined;
      },
    },
    StringLiteral: (node) => named(node),
    NoSubstitutionTemplateLiteral: (node) => named(node),
    PropertyAssignment: { named: mayName, listen: ({ name }) => named(name) },
    PropertyDeclaration: ({ name }) => named(name),
    ShorthandPropertyAssignment: { named: mayName, listen: ({ name }) => named(name) },
    BindingElement: ({ name, propertyName }) => named(propertyName ?? name),
    CallExpression: {
      named: /^get(?:OrThrow)?$/,
      listen: (node, { header }) => {
        const { expression } = node;
        if (!ts.isPropertyAccessExpression(expression) || !/^get(?:OrThrow)?$/.test(expression.name.text))
          return undefined;
        const [first] = node.arguments;
        // Other services of this name know groups of settings.
        const isAsked =
          first !== undefined &&
          ts.isStringLiteralLike(first) &&
          isVariableName(first.text) &&
          header.modules.has('@nestjs/config');
        return isAsked && SERVICE.test(calledObject(expression))
          ? { kind: 'asked', name: first.text, node }
          : undefined;
      },
    },
  },
  fold(scope, ctx) {
    const { names: named, sets: replaced, uses } = told(scope);
    const names = new Set(named);
    const sets = new Set(replaced);
    const found = new Map<string, ts.Node>();
    let isOpen = false;
    const read = (name: string, node: ts.Node): void => {
      const known = found.get(name);
      if (known === undefined || known.pos > node.pos) found.set(name, node);
    };
    for (const use of uses) {
      if (use.kind === 'asked') read(use.name, use.node);
      else isOpen = readEnvironment(use.node, read, sets) || isOpen;
    }
    for (const name of [...found.keys()]) {
      if (isVariableName(name)) names.add(name);
      else found.delete(name);
    }
    if (names.size + sets.size === 0 && !isOpen) return undefined;
    return {
      reads: inOrder(found, ctx),
      sets: [...sets].sort(),
      names: [...names].sort(),
      ...(isOpen && { isOpen }),
    };
  },
});

type Use = Extract<Fact, { readonly node: ts.Node }>;

/** What the facts of a function, and of those in it, come to: there are many names in capitals, and few uses. */
interface Told {
  readonly names: ReadonlySet<string>;
  readonly sets: ReadonlySet<string>;
  readonly uses: readonly Use[];
}

const told = oncePerScope<Fact, Told>((facts, inner) => {
  const names = new Set(inner.flatMap((one) => [...one.names]));
  const sets = new Set(inner.flatMap((one) => [...one.sets]));
  const uses = inner.flatMap((one) => one.uses);
  for (const fact of facts) {
    if (fact.kind === 'name') names.add(fact.name);
    else if (fact.kind === 'set') sets.add(fact.name);
    else uses.push(fact);
  }
  return { names, sets, uses };
});

/** Whether {@link named} may have something to say of a key. */
function mayName(text: string): boolean {
  return isVariableName(text) || text.includes('.env.');
}

/** A name that may be a variable's; `'process.env.X': …`, by which bundlers put a value in its place, sets it. */
function named(name: ts.Node): Fact | undefined {
  if (!('text' in name) || typeof name.text !== 'string') return undefined;
  const { text } = name;
  if (isVariableName(text)) return { kind: 'name', name: text };
  const replaced = text.includes('.env.') ? /^(?:process|import\.meta)\.env\.(\w+)$/.exec(text)?.[1] : undefined;
  return replaced === undefined ? undefined : { kind: 'set', name: replaced };
}

/** The last name of what a method is called on: `configService` of `this.configService.get`. */
function calledObject({ expression }: ts.PropertyAccessExpression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

function inOrder(found: ReadonlyMap<string, ts.Node>, ctx: SourceFacetContext): readonly Read[] {
  return [...found]
    .sort(([, a], [, b]) => a.pos - b.pos || a.end - b.end)
    .map(([name, node]) => ({ name, at: ctx.at(node), ...(hasFallback(node) && { hasFallback: true as const }) }));
}

function hasFallback(node: ts.Node): boolean {
  // `config.get('X', 'default')`
  return (ts.isCallExpression(node) && node.arguments.length > 1) || usage(node).hasFallback;
}

/** Tells what is done with the environment at one place; true when that may be anything. */
function readEnvironment(
  environment: ts.PropertyAccessExpression,
  read: (name: string, node: ts.Node) => void,
  sets: Set<string>,
): boolean {
  const { parent } = environment;
  const name = memberName(environment, parent);
  if (name !== undefined) {
    if (isWritten(parent)) sets.add(name);
    else read(name, parent);
    return false;
  }
  if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) {
    let isWhole = false;
    for (const element of parent.name.elements) {
      const key = element.propertyName ?? element.name;
      if (element.dotDotDotToken !== undefined || !ts.isIdentifier(key)) isWhole = true;
      else read(key.text, element);
    }
    return isWhole;
  }
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword) {
    if (ts.isStringLiteralLike(parent.left)) return false;
  }
  return true;
}

function memberName(environment: ts.Node, parent: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === environment ? parent.name.text : undefined;
  if (!ts.isElementAccessExpression(parent) || parent.expression !== environment) return undefined;
  return ts.isStringLiteralLike(parent.argumentExpression) ? parent.argumentExpression.text : undefined;
}

function isWritten(member: ts.Node): boolean {
  const { parent } = member;
  if (ts.isDeleteExpression(parent)) return true;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === member &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}
