import { type Anchor, type FileHeader, facet, ts, unwrap } from '#api';

/** One read of an environment variable. */
export interface EnvRead {
  readonly name: string;
  readonly at: Anchor;
  /** What happens when the variable is missing. */
  readonly use: 'required' | 'optional' | 'default';
  /** Source text of the literal behind `??` or `||`. */
  readonly fallback?: string;
  /** Handed to Number, parseInt, parseFloat or a unary plus. */
  readonly numeric: boolean;
  /** String literals it is compared with. */
  readonly compared: readonly string[];
}

/** What a file says about the environment. */
export interface EnvFacts {
  readonly reads: readonly EnvRead[];
  /** Names in capitals that schemas of the file have as keys. */
  readonly keys: readonly string[];
  /** Set when the file hands the environment to a validator; names the exported result where it shows. */
  readonly validator?: { readonly exported?: string };
  /** Set for package.json. */
  readonly package?: { readonly isLibrary: boolean; readonly hasZod: boolean; readonly isModule: boolean };
}

type Fact =
  | { readonly kind: 'read'; readonly node: ts.Node; readonly name: string }
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'validation'; readonly call: ts.CallExpression | ts.NewExpression };

/** Libraries whose functions check an object against a schema. */
const VALIDATORS = new Set([
  'zod',
  'zod/v4',
  'zod/mini',
  'envalid',
  'env-var',
  '@t3-oss/env-core',
  '@t3-oss/env-nextjs',
  '@t3-oss/env-nuxt',
  'joi',
  '@hapi/joi',
  'yup',
  'valibot',
  'arktype',
  'superstruct',
  'convict',
  'runtypes',
  'io-ts',
  'ajv',
  'class-validator',
  'class-transformer',
  'env-schema',
  'znv',
  'ts-dotenv',
  '@sinclair/typebox',
  '@sinclair/typebox/value',
  'effect',
]);

/** Methods by which those libraries are asked for the checked value. */
const CHECKING_METHOD = /^(?:parse|safeParse|parseAsync|validate\w*|attempt|cast|decode\w*|check|create|assert|load)$/;

/** References to the environment object itself. */
const ENVIRONMENT = new Set(['global#process.env', 'global#Bun.env']);

/** Reads of the environment, and where it is validated. */
export const envFacet = facet<Fact, EnvFacts>({
  name: 'config/env',
  collect: {
    PropertyAccessExpression: (node, { header }): Fact | undefined =>
      isEnvironment(node.expression, header) ? readOf(node, node.name.text) : undefined,
    ElementAccessExpression: (node, { header }): Fact | undefined =>
      ts.isStringLiteralLike(node.argumentExpression) && isEnvironment(node.expression, header)
        ? readOf(node, node.argumentExpression.text)
        : undefined,
    VariableDeclaration: (node, { header }): Fact[] | undefined => {
      if (!ts.isObjectBindingPattern(node.name) || node.initializer === undefined) return undefined;
      if (!isEnvironment(node.initializer, header)) return undefined;
      return node.name.elements.flatMap((element): Fact[] => {
        const key = element.propertyName ?? element.name;
        return element.dotDotDotToken === undefined && ts.isIdentifier(key)
          ? [{ kind: 'read', node: element, name: key.text }]
          : [];
      });
    },
    PropertyAssignment: (node, { header }): Fact | undefined => keyOf(node, header),
    PropertyDeclaration: (node, { header }): Fact | undefined => keyOf(node, header),
    CallExpression: (node, { header }): Fact | undefined =>
      validates(node, header) ? { kind: 'validation', call: node } : undefined,
    NewExpression: (node, { header }): Fact | undefined =>
      node.arguments?.some((argument) => mentionsEnvironment(argument, header)) === true &&
      fromValidator(node.expression, header)
        ? { kind: 'validation', call: node }
        : undefined,
  },
  fold(scope, ctx) {
    const facts = [...scope.all()];
    const validations = facts.filter((fact) => fact.kind === 'validation');
    const reads = facts
      .filter((fact) => fact.kind === 'read')
      .filter((fact) => !isWrite(fact.node) && !isGuarded(fact.node))
      .sort((a, b) => a.node.pos - b.node.pos)
      .map((fact): EnvRead => ({ name: fact.name, at: ctx.at(fact.node), ...usage(fact.node) }));
    const keys = [...new Set(facts.flatMap((fact) => (fact.kind === 'key' ? [fact.name] : [])))].sort();
    const [first] = validations;
    if (first === undefined) return reads.length === 0 && keys.length === 0 ? undefined : { reads, keys };
    const exported = exportedName(first.call);
    return { reads, keys, validator: exported === undefined ? {} : { exported } };
  },
  documents: {
    languages: ['json'],
    fold(document, { path }) {
      if (!path.endsWith('/package.json') || document.language !== 'json' || !('roots' in document)) return undefined;
      const entries = new Map<string, unknown>();
      const [root] = document.roots;
      if (root?.kind !== 'object') return undefined;
      for (const { key, value } of root.entries) entries.set(key, value?.kind === 'scalar' ? value.value : value);
      const hasKey = (section: string, key: string): boolean => {
        const value = root.entries.find((entry) => entry.key === section)?.value;
        return value?.kind === 'object' && value.entries.some((entry) => entry.key === key);
      };
      const published = ['main', 'module', 'exports', 'bin'].some((key) => entries.has(key));
      const isService =
        entries.get('private') === true || hasKey('scripts', 'start') || hasKey('scripts', 'start:prod');
      return {
        reads: [],
        keys: [],
        package: {
          isLibrary: published && !isService,
          hasZod: hasKey('dependencies', 'zod'),
          isModule: entries.get('type') === 'module',
        },
      };
    },
  },
});

function readOf(node: ts.Node, name: string): Fact {
  return { kind: 'read', node, name };
}

/** A key in capitals, in a file that has a validator at hand: part of a schema for the environment. */
function keyOf(node: ts.PropertyAssignment | ts.PropertyDeclaration, header: FileHeader): Fact | undefined {
  if (!ts.isIdentifier(node.name) && !ts.isStringLiteral(node.name)) return undefined;
  if (!/^[A-Z][A-Z0-9_]*$/.test(node.name.text)) return undefined;
  for (const module of header.modules) if (VALIDATORS.has(module)) return { kind: 'key', name: node.name.text };
  return undefined;
}

function isEnvironment(node: ts.Node, header: FileHeader): boolean {
  const reference = header.resolve(node);
  return reference !== undefined && ENVIRONMENT.has(reference);
}

/** `schema.parse(process.env)`, `cleanEnv(process.env, …)`, `createEnv({ runtimeEnv: process.env })`, env-var's `get`. */
function validates(call: ts.CallExpression, header: FileHeader): boolean {
  const callee = unwrap(call.expression);
  const reference = header.resolve(callee);
  if (reference === 'env-var#get' || reference === 'convict') return true;
  if (reference === '@nestjs/config#ConfigModule.forRoot') {
    const [options] = call.arguments;
    return options !== undefined && ts.isObjectLiteralExpression(options) && options.properties.some(isNestValidation);
  }
  if (fromValidator(chainRoot(callee), header))
    return call.arguments.some((argument) => mentionsEnvironment(argument, header));
  // A schema from elsewhere: only the environment as a whole says that this is about its shape, `JSON.parse(env.X)` is not.
  const isCheck = ts.isPropertyAccessExpression(callee) && CHECKING_METHOD.test(callee.name.text);
  if (!isCheck || reference?.startsWith('global#') === true) return false;
  return call.arguments.some((argument) => !isSingleRead(argument, header) && mentionsEnvironment(argument, header));
}

/** `z` of `z.string().min(1).parse`. */
function chainRoot(callee: ts.Node): ts.Node {
  let node = unwrap(callee);
  while (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) node = unwrap(node.expression);
  return node;
}

function isSingleRead(argument: ts.Node, header: FileHeader): boolean {
  const node = unwrap(argument);
  return ts.isPropertyAccessExpression(node) && isEnvironment(node.expression, header);
}

function isNestValidation(property: ts.ObjectLiteralElementLike): boolean {
  return property.name !== undefined && ts.isIdentifier(property.name) && /^validat/.test(property.name.text);
}

function fromValidator(callee: ts.Node, header: FileHeader): boolean {
  const module = header.resolve(callee)?.split('#')[0];
  return module !== undefined && VALIDATORS.has(module);
}

/** The environment itself, a spread of it, or an object made of its variables. */
function mentionsEnvironment(argument: ts.Node, header: FileHeader): boolean {
  const node = unwrap(argument);
  if (isEnvironment(node, header)) return true;
  if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) return mentionsEnvironment(node.expression, header);
  if (isSingleRead(node, header)) return true;
  if (ts.isPropertyAssignment(node)) return mentionsEnvironment(node.initializer, header);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.some((property) => mentionsEnvironment(property, header));
  if (ts.isCallExpression(node)) return node.arguments.some((inner) => mentionsEnvironment(inner, header));
  return false;
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

/** Checked by hand: `if (!process.env.X) throw`, `process.env.X ?? fail()`, `assert(process.env.X)`. */
function isGuarded(node: ts.Node): boolean {
  let inner = node;
  for (let { parent } = node; parent !== undefined; parent = parent.parent) {
    if (ts.isIfStatement(parent)) return parent.expression === inner && stops(parent.thenStatement);
    if (ts.isCallExpression(parent) && parent.expression !== inner) {
      const callee = parent.expression.getText();
      return /(?:^|\.)(?:assert|ok|invariant|required?\w*|must\w*|check\w*|ensure\w*)$/i.test(callee);
    }
    if (ts.isBinaryExpression(parent) && parent.left === inner && isFallback(parent.operatorToken.kind)) {
      const right = unwrap(parent.right);
      if (
        ts.isCallExpression(right) &&
        /fail|throw|panic|raise|die|missing|required?/i.test(right.expression.getText())
      )
        return true;
    }
    if (!isPassive(parent)) return false;
    inner = parent;
  }
  return false;
}

/** Expressions that hand a read on without deciding anything. */
function isPassive(node: ts.Node): boolean {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isPrefixUnaryExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    (ts.isBinaryExpression(node) && node.operatorToken.kind > ts.SyntaxKind.LastAssignment) ||
    (ts.isBinaryExpression(node) && node.operatorToken.kind < ts.SyntaxKind.FirstAssignment)
  );
}

function stops(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (last === undefined) return false;
  if (ts.isThrowStatement(last)) return true;
  return ts.isExpressionStatement(last) && /^process\.exit\(/.test(last.expression.getText());
}

function isFallback(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.BarBarToken;
}

/** How the value is used right where it is read; decides its schema. */
function usage(node: ts.Node): Pick<EnvRead, 'use' | 'fallback' | 'numeric' | 'compared'> {
  if (ts.isBindingElement(node)) {
    const fallback = node.initializer === undefined ? undefined : literalText(node.initializer);
    return {
      use: node.initializer === undefined ? 'required' : 'default',
      ...(fallback && { fallback }),
      numeric: false,
      compared: [],
    };
  }
  let use: EnvRead['use'] = 'required';
  let fallback: string | undefined;
  let inner = node;
  let { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === inner && isFallback(parent.operatorToken.kind)) {
    fallback = literalText(parent.right);
    use = fallback === undefined ? 'optional' : 'default';
    inner = parent;
    parent = parent.parent;
  }
  while (ts.isParenthesizedExpression(parent)) {
    inner = parent;
    parent = parent.parent;
  }
  const compared: string[] = [];
  if (ts.isBinaryExpression(parent) && isEquality(parent.operatorToken.kind)) {
    const other = unwrap(parent.left === inner ? parent.right : parent.left);
    if (ts.isStringLiteralLike(other)) compared.push(other.text);
    use = use === 'required' ? 'optional' : use;
  } else if (isTested(parent, inner)) use = use === 'required' ? 'optional' : use;
  return { use, ...(fallback !== undefined && { fallback }), numeric: isNumeric(parent, inner), compared };
}

function isEquality(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    operator === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
    operator === ts.SyntaxKind.EqualsEqualsToken ||
    operator === ts.SyntaxKind.ExclamationEqualsToken
  );
}

/** Only asked whether it is there. */
function isTested(parent: ts.Node, inner: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isConditionalExpression(parent)) return parent.condition === inner;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === inner;
  if (ts.isPropertyAccessExpression(parent)) return parent.questionDotToken !== undefined;
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

function isNumeric(parent: ts.Node, inner: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.PlusToken;
  return (
    ts.isCallExpression(parent) &&
    parent.arguments[0] === inner &&
    /^(?:Number|parseInt|parseFloat|Number\.parseInt|Number\.parseFloat)$/.test(parent.expression.getText())
  );
}

function literalText(node: ts.Node): string | undefined {
  const value = unwrap(node);
  const isLiteral =
    ts.isStringLiteralLike(value) ||
    ts.isNumericLiteral(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword;
  return isLiteral ? value.getText() : undefined;
}

/** `export const env = schema.parse(process.env)` → `env`. */
function exportedName(call: ts.Node): string | undefined {
  for (let node = call.parent; node !== undefined; node = node.parent) {
    if (ts.isVariableDeclaration(node)) {
      const statement = node.parent.parent;
      const isExported =
        ts.isVariableStatement(statement) &&
        statement.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) === true;
      return isExported && ts.isIdentifier(node.name) ? node.name.text : undefined;
    }
    if (ts.isFunctionLike(node) || ts.isStatement(node)) return undefined;
  }
  return undefined;
}
