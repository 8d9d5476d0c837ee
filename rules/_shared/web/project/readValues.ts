import { type Anchor, type SourceFacetContext, ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../enclosing.ts';
import { loadedModule } from '../../loadedModule.ts';
import { isFallback, isSum } from '../../operators.ts';
import type { Value } from './facts.ts';
import { classKey, functionKeys } from './functionKeys.ts';
import { makerOf } from './makers.ts';
import { NOT_CONSTANT } from './paths.ts';
import { fieldReader } from './readFields.ts';
import { either, imported, isTelling, named } from './valueForms.ts';
import type { WebFact } from './webFact.ts';

/** How far locals, members and arguments are followed inside one file. */
const MAX_DEPTH = 10;
/** How far parts of texts are followed, wherever the text is. */
const MAX_TEXT_DEPTH = 3;
/** Longer lists and objects are data, not parts of a service. */
const MAX_PARTS = 40;
/** Expressions that are read for one value: what names lead to may fork at every step. */
const MAX_STEPS = 1_000;

const UNKNOWN: Value = { is: 'unknown' };

/** Methods that give back what they are called on, or another face of it. */
const SAME =
  /^(?:use|get|post|put|patch|delete|del|all|options|head|register|route|listen|after|ready|withTypeProvider|basePath|prefix|routes|middleware|callback|fetch|handle|getHttpServer|getHttpAdapter|getInstance|bind|set|disable|enable|on|once|as|default|toRouter)$/;

/** Members that stand for the application itself: `app.fetch`. */
const FACES = /^(?:callback|fetch|handle)$/;

/** Reads values of one file into plain data, and remembers the functions and fields that it met. */
export interface ValueReader {
  value(node: ts.Node | undefined): Value;
  readonly keys: ReturnType<typeof functionKeys>;
  /** Functions that some value names. */
  readonly functions: ReadonlyMap<string, ts.Node>;
  readonly fields: ReadonlyMap<string, readonly Value[]>;
}

/**
 * Reads with the facts of one file.
 * @param anchors places of everything that is made in the file
 */
export function valueReader(
  ctx: SourceFacetContext,
  facts: readonly WebFact[],
  anchors: ReadonlyMap<ts.Node, Anchor>,
): ValueReader {
  const { header, lookup } = ctx;
  const keys = functionKeys();
  const functions = new Map<string, ts.Node>();
  const assigned = facts.flatMap((fact) => (fact.kind === 'assigned' ? [fact.node] : []));

  const functionValue = (fn: ts.Node): Value => {
    const key = keys.of(fn);
    functions.set(key, fn);
    return { is: 'function', key };
  };

  let steps = 0;
  const { fields, readField } = fieldReader({
    assigned,
    functionValue,
    read: (node, depth) => read(node, depth),
    readParameter: (parameter, depth) => readParameter(parameter, depth),
  });
  const read = (from: ts.Node | undefined, depth: number): Value => {
    if (from === undefined || depth > MAX_DEPTH || ++steps > MAX_STEPS) return UNKNOWN;
    const node = unwrap(from);
    const inner = (next: ts.Node | undefined): Value => read(next, depth + 1);
    if (ts.isAwaitExpression(node) || ts.isSpreadElement(node)) return inner(node.expression);
    if (ts.isFunctionLike(node)) return functionValue(node);
    if (ts.isClassLike(node)) return { is: 'class', key: classKey(node) };
    if (ts.isIdentifier(node)) return readName(node, depth);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return readCall(node, depth);
    if (ts.isPropertyAccessExpression(node)) return readMember(node, node.name.text, depth);
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
      return readMember(node, node.argumentExpression.text, depth);
    }
    if (ts.isArrayLiteralExpression(node)) {
      return node.elements.length > MAX_PARTS ? UNKNOWN : { is: 'list', items: node.elements.map(inner) };
    }
    if (ts.isConditionalExpression(node)) return { is: 'either', of: [inner(node.whenTrue), inner(node.whenFalse)] };
    if (ts.isBinaryExpression(node)) return readBinary(node, depth);
    if (ts.isObjectLiteralExpression(node)) return readObject(node, depth);
    const text = constantText(node, depth);
    return text === undefined ? UNKNOWN : { is: 'text', text };
  };

  const readName = (node: ts.Identifier, depth: number): Value => {
    const reference = header.resolve(node);
    if (reference !== undefined) return imported(reference);
    const declaration = lookup(node);
    if (declaration === undefined) return { is: 'unknown', name: node.text };
    if (ts.isParameter(declaration)) return readParameter(declaration, depth);
    if (ts.isBindingElement(declaration)) return readBinding(declaration, depth);
    if (isFunctionWithBody(declaration)) return functionValue(declaration);
    if (ts.isClassLike(declaration)) return { is: 'class', key: classKey(declaration) };
    if (!ts.isVariableDeclaration(declaration)) return { is: 'unknown', name: node.text };
    const loop = declaration.parent.parent;
    if (ts.isForOfStatement(loop)) return { is: 'each', of: read(loop.expression, depth + 1) };
    if (declaration.initializer !== undefined && declaration.initializer.kind !== ts.SyntaxKind.NullKeyword) {
      return named(read(declaration.initializer, depth + 1), node.text);
    }
    const values = assigned
      .filter(({ left }) => ts.isIdentifier(left) && left.text === node.text && lookup(left) === declaration)
      .map(({ right }) => read(right, depth + 1));
    return values.length === 0 ? { is: 'unknown', name: node.text } : either(values);
  };

  const readParameter = (declaration: ts.ParameterDeclaration, depth: number): Value => {
    const fn = declaration.parent;
    const index = fn.parameters.indexOf(declaration);
    const call = fn.parent;
    const isLoop =
      index === 0 &&
      ts.isCallExpression(call) &&
      call.arguments[0] === fn &&
      ts.isPropertyAccessExpression(call.expression) &&
      /^(?:forEach|map|flatMap)$/.test(call.expression.name.text);
    if (isLoop && ts.isPropertyAccessExpression(call.expression)) {
      return { is: 'each', of: read(call.expression.expression, depth + 1) };
    }
    functions.set(keys.of(fn), fn);
    return { is: 'parameter', key: keys.of(fn), index };
  };

  const readBinding = (element: ts.BindingElement, depth: number): Value => {
    const key = element.propertyName ?? element.name;
    const pattern = element.parent;
    if (!ts.isIdentifier(key) || !ts.isObjectBindingPattern(pattern)) return UNKNOWN;
    const owner = pattern.parent;
    const of = ts.isParameter(owner)
      ? readParameter(owner, depth)
      : ts.isBindingElement(owner)
        ? readBinding(owner, depth)
        : read(owner.initializer, depth + 1);
    return { is: 'member', of, name: key.text };
  };

  const readMember = (
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    name: string,
    depth: number,
  ): Value => {
    const reference = header.resolve(node);
    if (reference !== undefined) return imported(reference);
    if (node.expression.kind === ts.SyntaxKind.ThisKeyword) return readField(node, name, depth);
    if (FACES.test(name)) return read(node.expression, depth + 1);
    return { is: 'member', of: read(node.expression, depth + 1), name };
  };

  const readCall = (node: ts.CallExpression | ts.NewExpression, depth: number): Value => {
    const callee = unwrap(node.expression);
    const loaded = ts.isCallExpression(node) ? loadedModule(node) : undefined;
    if (loaded !== undefined) return imported(loaded);
    const args = () => (node.arguments ?? []).slice(0, MAX_PARTS).map((argument) => read(argument, depth + 1));
    const reference = header.resolve(callee);
    const maker = reference === undefined ? undefined : makerOf(reference);
    const at = anchors.get(node);
    if (maker !== undefined && at !== undefined)
      return { is: 'made', at, ...maker, in: keys.around(node), args: args() };
    // A call of a method such as `use` or `routes` is read as what it is called on, unless a package's export is meant.
    const isSame = reference === undefined && ts.isPropertyAccessExpression(callee) && SAME.test(callee.name.text);
    if (isSame && ts.isPropertyAccessExpression(callee)) {
      const of = read(callee.expression, depth + 1);
      const [first] = callee.name.text === 'basePath' ? args() : [];
      return first === undefined ? of : { is: 'under', of, path: first };
    }
    return { is: 'call', callee: read(callee, depth + 1), args: args() };
  };

  const readBinary = (node: ts.BinaryExpression, depth: number): Value => {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return read(node.right, depth + 1);
    if (kind === ts.SyntaxKind.EqualsToken) return read(node.right, depth + 1);
    if (isFallback(kind)) return either([read(node.left, depth + 1), read(node.right, depth + 1)]);
    const text = constantText(node, depth);
    return text === undefined ? UNKNOWN : { is: 'text', text };
  };

  const readObject = (node: ts.ObjectLiteralExpression, depth: number): Value => {
    const members: Record<string, Value> = {};
    for (const property of node.properties.slice(0, MAX_PARTS)) {
      if (property.name === undefined || ts.isComputedPropertyName(property.name)) continue;
      const name = property.name.getText().replace(/^['"]|['"]$/g, '');
      const value = ts.isShorthandPropertyAssignment(property)
        ? readName(property.name, depth + 1)
        : ts.isPropertyAssignment(property)
          ? read(property.initializer, depth + 1)
          : functionValue(property);
      // Schemas and documentation of routes are long, and nobody asks for them.
      if (isTelling(value)) members[name] = value;
    }
    return { is: 'object', members };
  };

  /** A text whose parts that are no literals are written `*`; texts that locals hold are looked up. */
  const constantText = (node: ts.Node, depth: number): string | undefined => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isTemplateExpression(node)) {
      const parts = node.templateSpans.map(
        ({ expression, literal }) => `${partText(expression, depth)}${literal.text}`,
      );
      const text = node.head.text + parts.join('');
      return text === '*' ? NOT_CONSTANT : text;
    }
    return isSum(node) ? partText(node.left, depth) + partText(node.right, depth) : undefined;
  };
  const partText = (node: ts.Node, depth: number): string => {
    const value = read(node, Math.max(depth + 1, MAX_DEPTH - MAX_TEXT_DEPTH));
    return value.is === 'text' ? value.text : '*';
  };

  const value = (node: ts.Node | undefined): Value => {
    steps = 0;
    return read(node, 0);
  };
  return { value, keys, functions, fields };
}
