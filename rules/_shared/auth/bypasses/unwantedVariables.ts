import { type FactScope, facet, oncePerScope, type ProjectContext, ts } from '#api';
import { byName } from '../../byName.ts';
import { bypasses } from './bypasses.ts';
import { holdersOfMentions } from './holdersOfMentions.ts';
import { switchKind } from './switchNames.ts';

/** Whether a name says that the variable switches a check of access off: `DISABLE_AUTH`. */
const isSwitch = byName((name) => /^[A-Z][A-Z0-9_]+$/.test(name) && switchKind(name) === 'bypass');

const mentionsIn = oncePerScope<ts.Node, readonly ts.Node[]>((facts, inner) => [...facts, ...inner.flat()]);

/** Names of variables that let code of a file past a check of access, from files that mention such a name. */
export const bypassFacet = facet<ts.Node, readonly string[]>({
  name: 'auth/bypasses',
  skipsTests: true,
  collect: {
    PropertyAccessExpression: { named: isSwitch, listen: ({ name }) => mention(name) },
    ElementAccessExpression: ({ argumentExpression }) => mention(argumentExpression),
    BindingElement: ({ name, propertyName }) => mention(propertyName ?? name),
    ImportDeclaration: ({ importClause }) => {
      const bindings = importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) return undefined;
      return bindings.elements.flatMap(({ name, propertyName }) => mention(propertyName ?? name) ?? []);
    },
    // `config.get('DISABLE_AUTH')`
    CallExpression: { named: /^get(?:OrThrow)?$/, listen: (call) => mention(call.arguments[0]) },
  },
  fold(scope: FactScope<ts.Node>, ctx) {
    const names = new Set<string>();
    const holders = holdersOfMentions(mentionsIn(scope), ctx.file);
    for (const { name } of bypasses(holders, ctx)) if (isSwitch(name)) names.add(name);
    return names.size === 0 ? undefined : [...names].sort();
  },
});

/**
 * Variables that security/env-auth-bypass wants out of the code somewhere in the workspace: whoever documents or validates
 * them makes them part of what the service offers.
 */
export function unwantedVariables({ all }: Pick<ProjectContext<string, unknown>, 'all'>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { value } of all(bypassFacet)) for (const name of value) names.add(name);
  return names;
}

function mention(name: ts.Node | undefined): ts.Node | undefined {
  const isName = name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name));
  return isName && isSwitch(name.text) ? name : undefined;
}
