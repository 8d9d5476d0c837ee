import { z } from 'zod';
import { rule, ts } from '#api';
import { secretKind } from '../../_shared/auth/secretNames.ts';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { type FallbackNode, fallbackFact, fallbackOf } from './fallbacks.ts';
import { dropDefault, readOrThrow } from './fix.ts';
import { isBesideTheProgram, isForOtherStage, refusesFallback } from './guarded.ts';
import { knownKey } from './knownKeys.ts';
import { CALLED, isUsed, type SecretUse, useFact } from './uses.ts';
import { isSecretValue, looksRandom } from './values.ts';

type Fact =
  | { readonly kind: 'fallback'; readonly node: FallbackNode }
  | { readonly kind: 'key'; readonly node: ts.StringLiteralLike; readonly name: string }
  | { readonly kind: 'named'; readonly node: ts.StringLiteralLike; readonly name: string }
  | { readonly kind: 'use'; readonly use: SecretUse };

const keyFact = (node: ts.StringLiteralLike): Fact | undefined => {
  const name = knownKey(node.text);
  return name === undefined ? undefined : { kind: 'key', node, name };
};

const namedFact = (name: ts.Node, value: ts.Expression | undefined): Fact | undefined => {
  // An option of passport-jwt, and of nothing else.
  const isStrategy = ts.isIdentifier(name) && name.text === 'secretOrKey' && ts.isPropertyAssignment(name.parent);
  if (isStrategy && value !== undefined && isOwnKey(value)) return { kind: 'named', node: value, name: name.text };
  if (value === undefined || !ts.isStringLiteralLike(value) || value.text.length < 16) return undefined;
  if (!ts.isIdentifier(name) && !ts.isStringLiteral(name) && !ts.isPrivateIdentifier(name)) return undefined;
  const isSecret = looksRandom(value.text) && secretKind(name.text) !== undefined && knownKey(value.text) === undefined;
  return isSecret ? { kind: 'named', node: value, name: name.text } : undefined;
};

const isOwnKey = (value: ts.Expression): value is ts.StringLiteralLike =>
  ts.isStringLiteralLike(value) && isSecretValue(value.text, 'own') && !value.text.startsWith('-----BEGIN PUBLIC');

const fallback = (node: FallbackNode): Fact | undefined =>
  fallbackFact(node) ? { kind: 'fallback', node } : undefined;

const isElsewhere = (node: ts.Node): boolean => isDevelopmentOnly(node) || isForOtherStage(node);

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Secrets that are written into the code, also as a fallback for a missing variable.',
    promise: 'The code holds no secrets',
    topics: [
      'hardcoded secret',
      'hardcoded secrets',
      'hardcoded credentials',
      'hardcoded password',
      'JWT_SECRET',
      'secret fallback',
      'default secret',
      'api key in code',
    ],
    subject: ['secret', 'password', 'token', 'key', 'credentials'],
    references: [
      { title: 'CWE-798: Use of Hard-coded Credentials', url: 'https://cwe.mitre.org/data/definitions/798.html' },
      {
        title: 'OWASP: Secrets Management',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
      },
    ],
    messages: {
      fallback:
        'Where {name} is not set, the program runs with a value that everybody can read here, and nobody notices. Stop instead of falling back.',
      literal:
        '{name} is written here, so everybody who reads the code can use it, and changing it means a release. Take it from outside and change the one in use.',
      key: 'This is {name}: everybody who reads the code can use it. Revoke it, and take the new one from outside.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      BinaryExpression: { named: /^(?:\|\||\?\?)$/, listen: fallback },
      BindingElement: fallback,
      ConditionalExpression: fallback,
      PropertyAssignment: (node) =>
        ts.isCallExpression(node.initializer) ? fallback(node) : namedFact(node.name, node.initializer),
      VariableDeclaration: (node) => namedFact(node.name, node.initializer),
      PropertyDeclaration: (node) => namedFact(node.name, node.initializer),
      StringLiteral: keyFact,
      NoSubstitutionTemplateLiteral: keyFact,
      CallExpression: {
        named: CALLED,
        imported: true,
        listen: (node, { header }): Fact | undefined => {
          if (fallbackFact(node)) return { kind: 'fallback', node };
          const use = useFact(node, header);
          return use && { kind: 'use', use };
        },
      },
    },
    check(ctx) {
      if (isBesideTheProgram(ctx.header.localPath)) return;
      const reported = new Set<ts.Node>();
      const report = (node: ts.Node, message: 'fallback' | 'literal' | 'key', name: string): void => {
        if (!reported.has(node)) ctx.report(node, message, { name });
        reported.add(node);
      };
      for (const fact of ctx.scope.all()) {
        if (fact.kind === 'key') report(fact.node, 'key', fact.name);
        else if (fact.kind === 'fallback') {
          const found = fallbackOf(fact.node, ctx);
          if (found === undefined || isElsewhere(fact.node)) continue;
          if (!refusesFallback(ctx.file.text, found.mentions)) report(found.value, 'fallback', found.variable);
        } else if (fact.kind === 'named') {
          if (!isElsewhere(fact.node)) report(fact.node, 'literal', fact.name);
        } else {
          const value = isUsed(fact.use, ctx);
          if (value !== undefined && !isElsewhere(value)) report(value, 'literal', fact.use.name);
        }
      }
    },
  },
  fixes: {
    fallback: [
      { title: 'Drop the default, so that the schema asks for {name}', safety: 'safe', edits: dropDefault },
      { title: 'Throw when {name} is missing', safety: 'suggest', edits: readOrThrow },
    ],
  },
});
