import { type FileHeader, ts } from '#api';
import { DATABASES, LIBRARIES } from '../../_shared/data/libraries/index.ts';
import { FRAMEWORK_MODULES } from '../../_shared/web/frameworks.ts';

const PACKAGES: ReadonlySet<string> = new Set([
  ...Object.keys(FRAMEWORK_MODULES),
  ...['http', 'https', 'http2', 'routing-controllers', 'tsoa', '@tsoa/runtime'],
  ...LIBRARIES.filter(({ kind }) => DATABASES.has(kind)).flatMap(({ packages }) => packages),
]);

/** Modules of the project that hand out models or the client of a database. */
const OWN =
  /^(?:[./~#]|@\/).*(?:model|entit|schema|prisma|drizzle|knex|sequelize|mongo|database|connection|pool|\bdb\b)/i;

/**
 * The text that names the first module of a file which requests or queries come with; without one of these a file has none.
 */
export function importOfInterest(
  node: ts.ImportDeclaration | ts.VariableStatement,
  { header }: { readonly header: FileHeader },
): ts.StringLiteralLike | undefined {
  const specifier = ts.isImportDeclaration(node) ? node.moduleSpecifier : required(node);
  if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return undefined;
  const module = specifier.text.replace(/^node:/, '');
  if (!isOfInterest(module)) return undefined;
  // One is enough to look at the file for; imports of types alone are not among the modules.
  for (const first of header.modules) if (isOfInterest(first)) return first === module ? specifier : undefined;
  return specifier;
}

function isOfInterest(module: string): boolean {
  return PACKAGES.has(module) || OWN.test(module);
}

/** `'express'` of `const express = require('express')`, and of `const { Router } = require('express')`. */
function required({ declarationList }: ts.VariableStatement): ts.Expression | undefined {
  const value = declarationList.declarations[0]?.initializer;
  if (value === undefined || !ts.isCallExpression(value) || !ts.isIdentifier(value.expression)) return undefined;
  return value.expression.text === 'require' ? value.arguments[0] : undefined;
}
