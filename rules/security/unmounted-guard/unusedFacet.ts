import { type Anchor, facet, ts, unwrap } from '#api';
import { requiredModule } from '../../_shared/loadedModule.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import { CONCERN_PACKAGES } from '../../_shared/web/project/vocabulary.ts';

/** A guard that its file makes or imports and names nowhere else. */
export interface UnusedGuard {
  readonly name: string;
  readonly package: string;
  readonly kind: 'limit' | 'headers';
  readonly isImport: boolean;
  readonly at: Anchor;
}

type Fact = { readonly name: ts.Identifier; readonly package: string; readonly isImport: boolean };

/** Packages whose import is for registering what it gives. */
const GUARDS =
  /^(?:helmet|koa-helmet|express-rate-limit|express-slow-down|koa-ratelimit|@fastify\/(?:helmet|rate-limit))$/;
/** What they export that is no guard: types, stores. */
const NO_GUARD = /Options|Store|Handler$|^ip|Key/;

/** Guards of packages that a file makes or imports, and does nothing with. */
export const unusedGuardsFacet = facet<Fact, readonly UnusedGuard[]>({
  name: 'web/unused-guards',
  collect: {
    ImportDeclaration({ moduleSpecifier, importClause }, { header }): readonly Fact[] | undefined {
      if (!ts.isStringLiteral(moduleSpecifier) || !GUARDS.test(moduleSpecifier.text) || header.isTest) return undefined;
      if (importClause === undefined || importClause.isTypeOnly) return undefined;
      const { name, namedBindings } = importClause;
      const named =
        namedBindings !== undefined && ts.isNamedImports(namedBindings)
          ? namedBindings.elements.filter(({ isTypeOnly }) => !isTypeOnly)
          : [];
      const names = [...(name === undefined ? [] : [name]), ...named.map((element) => element.name)];
      return names
        .filter(({ text }) => !NO_GUARD.test(text))
        .map((one) => ({ name: one, package: moduleSpecifier.text, isImport: true }));
    },
    VariableDeclaration({ name, initializer }, { header }): Fact | undefined {
      if (initializer === undefined || !ts.isIdentifier(name) || header.isTest) return undefined;
      const call = unwrap(initializer);
      if (!ts.isCallExpression(call)) return undefined;
      const loaded = requiredModule(call);
      if (loaded !== undefined) return GUARDS.test(loaded) ? { name, package: loaded, isImport: true } : undefined;
      const { expression } = call;
      const module = ts.isIdentifier(expression) ? header.imports.get(expression.text)?.module : undefined;
      return module !== undefined && GUARDS.test(module) ? { name, package: module, isImport: false } : undefined;
    },
  },
  fold(scope, ctx) {
    const unused: UnusedGuard[] = [];
    const facts = [...scope.all()].sort((a, b) => a.name.pos - b.name.pos);
    for (const { name, package: from, isImport } of facts) {
      if (isExported(name) || isNamedTwice(name.text, ctx.file.text)) continue;
      const kind = CONCERN_PACKAGES.limit.test(from) ? 'limit' : 'headers';
      unused.push({ name: name.text, package: from, kind, isImport, at: ctx.at(name) });
    }
    return unused.length === 0 ? undefined : unused;
  },
});

function isExported(name: ts.Identifier): boolean {
  const statement = ts.findAncestor(name, ts.isVariableStatement);
  return statement !== undefined && hasModifier(statement, ts.SyntaxKind.ExportKeyword);
}

/** Comments count as well: what is commented out is no mistake of this kind. */
function isNamedTwice(name: string, text: string): boolean {
  const own = new RegExp(`(?<![\\w$./'"-])${name.replace(/\$/g, '\\$&')}(?![\\w$'"-])`, 'g');
  return (text.match(own)?.length ?? 0) !== 1;
}
