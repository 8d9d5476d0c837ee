import type { FunctionNode } from '../api/kinds.ts';
import { isCalm } from '../api/rejections.ts';
import { isBoundary, isFunctionNode } from '../incremental/boundary.ts';
import { ts } from '../ts.ts';
import { fingerprint } from './fingerprint.ts';

/** A function whose body is a block: it is analysed, and its body can be left out of the surface around it. */
export type BlockFunction = FunctionNode & { readonly body: ts.Block };

/**
 * What of a piece of code can influence types outside of the functions in it: its text, minus function bodies that
 * cannot. A body can when the function's type is inferred from it, that is when it returns or yields something and
 * there is no return annotation. What else leaks out of a body is kept in its place: names of outer variables that it
 * assigns (they end narrowing in closures), whether the promise of an async function may reject, and whether it can end at
 * all, which only the checker knows; see `blanks`.
 */
export interface Surface {
  readonly hash: string;
  /** Functions whose bodies were left out, in source order. */
  readonly blanks: readonly BlockFunction[];
  /** Functions that are not inside another one, left out or not, in source order. */
  readonly functions: readonly BlockFunction[];
  /** Returns or yields a value, outside of nested functions. */
  readonly givesValue: boolean;
  /** Variables assigned here or in nested functions, without those that are declared deeper inside. */
  readonly assigned: readonly string[];
  /** Assigns members of `this`, outside of nested functions. */
  readonly assignsThis: boolean;
  /** JavaScript in which the shape of outer values is inferred from assignments. */
  readonly infersOuter: boolean;
}

const K = ts.SyntaxKind;
const surfaces = new WeakMap<ts.Node, Surface>();

/**
 * Surface of a source file, a function's body, a statement or a class member. Cached per node, and composed from those of
 * the statements inside, so that after an edit only the statements around it are read again.
 */
export function surfaceOf(node: ts.Node, file: ts.SourceFile): Surface {
  let surface = surfaces.get(node);
  if (surface === undefined) {
    surface = new SurfaceReader(file).read(node);
    surfaces.set(node, surface);
  }
  return surface;
}

export function isBlockFunction(node: ts.Node): node is BlockFunction {
  return isFunctionNode(node) && node.body !== undefined && ts.isBlock(node.body);
}

/** True when the type says whether calls of the function come back, which then depends on what its body calls. */
export function mayBeInferredNever(fn: BlockFunction): boolean {
  if (fn.type !== undefined) return false;
  return (
    ts.isFunctionExpression(fn) ||
    ts.isArrowFunction(fn) ||
    (ts.isMethodDeclaration(fn) && ts.isObjectLiteralExpression(fn.parent))
  );
}

class SurfaceReader {
  private readonly file: ts.SourceFile;
  private readonly parts: string[] = [];
  private readonly blanks: BlockFunction[] = [];
  private readonly functions: BlockFunction[] = [];
  private assigned: string[] = [];
  private givesValue = false;
  private assignsThis = false;
  private infersOuter = false;
  /** Text before this offset is accounted for. */
  private from = 0;

  constructor(file: ts.SourceFile) {
    this.file = file;
  }

  read(node: ts.Node): Surface {
    // In TypeScript no comment before code carries a type; in JavaScript it does, and at the top of a file it may be a directive.
    this.from = ts.isSourceFile(node) || isJavaScript(node) ? node.pos : node.getStart(this.file);
    this.enter(node);
    this.flush(node.end);
    return {
      hash: fingerprint(...this.parts),
      blanks: this.blanks,
      functions: this.functions,
      givesValue: this.givesValue,
      assigned: unique(this.assigned),
      assignsThis: this.assignsThis,
      infersOuter: this.infersOuter,
    };
  }

  private flush(to: number): void {
    if (to > this.from) this.parts.push(this.file.text.slice(this.from, to));
    this.from = to;
  }

  private visit(node: ts.Node): void {
    if (!isBoundary(node)) {
      this.enter(node);
      return;
    }
    const inner = surfaceOf(node, this.file);
    this.flush(node.pos);
    this.parts.push(inner.hash);
    this.from = node.end;
    this.blanks.push(...inner.blanks);
    this.functions.push(...inner.functions);
    this.assigned.push(...inner.assigned);
    this.givesValue ||= inner.givesValue;
    this.assignsThis ||= inner.assignsThis;
    this.infersOuter ||= inner.infersOuter;
  }

  private enter(node: ts.Node): void {
    if (isBlockFunction(node)) {
      this.enterFunction(node);
      return;
    }
    this.note(node);
    const outside = this.assigned;
    this.assigned = [];
    ts.forEachChild(node, (child) => this.visit(child));
    const declared = scopeNames(node);
    for (const name of this.assigned) if (!declared.has(name)) outside.push(name);
    this.assigned = outside;
  }

  private enterFunction(fn: BlockFunction): void {
    ts.forEachChild(fn, (child) => {
      if (child !== fn.body) this.visit(child);
    });
    this.functions.push(fn);
    const body = surfaceOf(fn.body, this.file);
    const parameters = new Set(fn.parameters.flatMap((parameter) => bindingNames(parameter.name)));
    const assigned = body.assigned.filter((name) => !parameters.has(name));
    this.assigned.push(...assigned);
    this.infersOuter ||= body.infersOuter;
    this.flush(fn.body.pos);
    if (canBeLeftOut(fn, body)) {
      // Rules ask of calls whether their promise may reject.
      this.parts.push(`{${assigned.join()}${isCalm(fn) ? '!' : ''}}`);
      this.blanks.push(fn);
    } else {
      this.parts.push(body.hash);
      this.blanks.push(...body.blanks);
    }
    this.from = fn.body.end;
  }

  /** Facts about one node. */
  private note(node: ts.Node): void {
    switch (node.kind) {
      case K.ReturnStatement:
        this.givesValue ||= (node as ts.ReturnStatement).expression !== undefined;
        break;
      case K.YieldExpression:
        this.givesValue = true;
        break;
      case K.BinaryExpression:
        this.noteBinary(node as ts.BinaryExpression);
        break;
      case K.PrefixUnaryExpression:
      case K.PostfixUnaryExpression: {
        const { operator, operand } = node as ts.PrefixUnaryExpression | ts.PostfixUnaryExpression;
        if (operator === K.PlusPlusToken || operator === K.MinusMinusToken) this.noteTarget(operand);
        break;
      }
      case K.ForInStatement:
      case K.ForOfStatement: {
        const { initializer } = node as ts.ForInOrOfStatement;
        if (!ts.isVariableDeclarationList(initializer)) this.noteTarget(initializer);
        break;
      }
      case K.CallExpression:
        if (isJavaScript(node) && definesProperty(node as ts.CallExpression)) this.infersOuter = true;
        break;
      case K.Identifier:
        // A JavaScript function that reads `arguments` takes any number of them.
        if (isJavaScript(node) && (node as ts.Identifier).text === 'arguments') this.infersOuter = true;
        break;
    }
  }

  private noteBinary(node: ts.BinaryExpression): void {
    const operator = node.operatorToken.kind;
    if (operator >= K.FirstAssignment && operator <= K.LastAssignment) this.noteTarget(node.left);
  }

  /** Takes every identifier of an assignment target: more than are assigned, never fewer. */
  private noteTarget(target: ts.Node): void {
    if (ts.isIdentifier(target)) this.assigned.push(target.text);
    else if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
      if (target.expression.kind === K.ThisKeyword) this.assignsThis = true;
      if (isJavaScript(target)) this.infersOuter = true;
    } else ts.forEachChild(target, (child) => this.noteTarget(child));
  }
}

function canBeLeftOut(fn: BlockFunction, body: Surface): boolean {
  if (isJavaScript(fn)) return !body.infersOuter && !body.givesValue;
  // Fields without annotation and initializer get their type from what the constructor assigns.
  if (ts.isConstructorDeclaration(fn)) return !body.assignsThis;
  return fn.type !== undefined || !body.givesValue || ts.isSetAccessorDeclaration(fn);
}

function isJavaScript(node: ts.Node): boolean {
  return (node.flags & ts.NodeFlags.JavaScriptFile) !== 0;
}

function definesProperty(call: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(call.expression) &&
    (call.expression.name.text === 'defineProperty' || call.expression.name.text === 'defineProperties')
  );
}

/** Names that are declared directly in a block, or in the head of a loop. */
function scopeNames(node: ts.Node): ReadonlySet<string> {
  if (ts.isBlock(node) || ts.isCaseBlock(node)) {
    const names = new Set<string>();
    const statements = ts.isBlock(node) ? node.statements : node.clauses.flatMap((clause) => [...clause.statements]);
    for (const statement of statements) for (const name of declaredNames(statement)) names.add(name);
    return names;
  }
  if (ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node)) {
    const { initializer } = node;
    if (initializer !== undefined && ts.isVariableDeclarationList(initializer)) return new Set(listNames(initializer));
  }
  return NO_NAMES;
}

const NO_NAMES: ReadonlySet<string> = new Set();

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) return listNames(statement.declarationList);
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name === undefined ? [] : [statement.name.text];
  }
  return [];
}

function listNames(list: ts.VariableDeclarationList): readonly string[] {
  return list.declarations.flatMap((declaration) => bindingNames(declaration.name));
}

function bindingNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindingNames(element.name) : []));
}

function unique(names: readonly string[]): readonly string[] {
  return names.length < 2 ? names : [...new Set(names)].sort();
}
