import { type Anchor, type ImportedName, type SourceFacetContext, ts } from '#api';
import { isHandedOn, isUsing } from '../../_shared/testing/bindings.ts';
import { calleeName, cleanupHook } from '../../_shared/testing/hooks.ts';
import { type Binding, bindingOf, type Uses, usesOf } from '../../_shared/testing/uses.ts';
import { unknownUses } from './handles.ts';
import { SERVER_TRAITS } from './serverTraits.ts';

/** A use of something imported from another file of the project. */
export interface ImportedUse {
  readonly at: Anchor;
  readonly module: string;
  /** Exported name; empty for the default export, `*` for the import itself. */
  readonly name: string;
  readonly closed: boolean;
}

/** Imported functions by whose name a test would start something. */
const STARTER_NAME = /server|listen|start|boot|launch|serve|app|setup|create|build|init|run|^up$/i;

/** Something that another file of the project has at run time. */
export function isFromProject(imported: ImportedName | undefined): boolean {
  return imported !== undefined && !imported.typeOnly && imported.module.startsWith('.');
}

/**
 * What a test does with what it imports from the project: all that may start a server, and what is closed or cleans up.
 * `names` are the places in the file that name such imports.
 */
export function importedUses(
  names: readonly ts.Identifier[],
  ctx: SourceFacetContext,
): {
  readonly uses: readonly ImportedUse[];
  /** `module#name`. */
  readonly cleaned: readonly string[];
} {
  const { file, header, lookup } = ctx;
  const uses: ImportedUse[] = [];
  const cleaned = new Set<string>();
  const relative = new Map([...header.imports].filter(([, imported]) => isFromProject(imported)));
  if (relative.size === 0) return { uses, cleaned: [] };
  const mocked = /\b(?:jest|vi)\.(?:mock|doMock)\(\s*['"]([^'"]+)/g;
  const mocks = new Set([...file.text.matchAll(mocked)].map((match) => match[1]));

  for (const statement of file.statements) {
    const module = importedModule(statement);
    if (module === undefined || mocks.has(module)) continue;
    uses.push({ at: ctx.at(statement), module, name: '*', closed: false });
  }
  const see = (node: ts.Identifier): void => {
    const imported = relative.get(node.text);
    if (imported === undefined || ts.isImportSpecifier(node.parent) || ts.isImportClause(node.parent)) return;
    const member =
      ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node ? node.parent : undefined;
    const closing = member !== undefined && /^(?:close|stop|shutdown|destroy)$/.test(member.name.text);
    const isArgument = ts.isCallExpression(node.parent) && node.parent.expression !== node;
    if (
      closing ||
      cleanupHook(node) !== undefined ||
      (isArgument && /^after|teardown/i.test(calleeName(node.parent) ?? ''))
    ) {
      cleaned.add(`${imported.module}#${imported.name}`);
    }
    const call = callOf(node, member);
    const name = member !== undefined && imported.name === '' ? member.name.text : imported.name;
    if (call === undefined || mocks.has(imported.module) || !STARTER_NAME.test(name || node.text)) return;
    const binding = bindingOf(call, lookup);
    const result =
      binding === undefined || takesApart(binding) ? destructured(call, ctx) : usesOf(binding, ctx, SERVER_TRAITS);
    const dropped = result === undefined && !isHandedOn(call);
    const closed =
      result === undefined
        ? !dropped
        : result.closes.length > 0 || result.escapes || result.handedOn || result.returned || isUsing(binding);
    uses.push({ at: ctx.at(call), module: imported.module, name, closed });
  };
  for (const name of [...names].sort((a, b) => a.pos - b.pos)) see(name);
  return { uses: uses.sort((a, b) => a.at - b.at), cleaned: [...cleaned].sort() };
}

function callOf(node: ts.Identifier, member: ts.PropertyAccessExpression | undefined): ts.CallExpression | undefined {
  const callee = member ?? node;
  return ts.isCallExpression(callee.parent) && callee.parent.expression === callee ? callee.parent : undefined;
}

function takesApart(binding: Binding): boolean {
  return typeof binding !== 'string' && ts.isVariableDeclaration(binding) && !ts.isIdentifier(binding.name);
}

/** `const { server, url } = await start()`: what is done with any of the names. */
function destructured(call: ts.CallExpression, ctx: SourceFacetContext): Uses | undefined {
  let { parent } = call;
  while (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent)) parent = parent.parent;
  if (!ts.isVariableDeclaration(parent)) {
    // `({ server, url } = await start())`: followed no further.
    return ts.isBinaryExpression(parent) ? unknownUses : undefined;
  }
  if (!ts.isObjectBindingPattern(parent.name)) return unknownUses;
  const names = parent.name.elements.map((element) => usesOf(element, ctx, SERVER_TRAITS));
  const called = parent.name.elements.some(({ name, propertyName }) =>
    /^(?:close|stop|shutdown|teardown|cleanup|dispose|destroy)/i.test((propertyName ?? name).getText()),
  );
  return {
    closes: names.flatMap(({ closes }) => closes),
    calls: new Set(names.flatMap(({ calls }) => [...calls])),
    escapes: called || names.some(({ escapes, handedOn }) => escapes || handedOn),
    handedOn: false,
    returned: names.some(({ returned }) => returned),
  };
}

/** The relative module a top-level statement loads. */
function importedModule(statement: ts.Statement): string | undefined {
  if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
    const isType = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return !isType && statement.moduleSpecifier.text.startsWith('.') ? statement.moduleSpecifier.text : undefined;
  }
  if (!ts.isVariableStatement(statement) && !ts.isExpressionStatement(statement)) return undefined;
  return /^[^('"`]*require\(\s*['"](\.[^'"]*)['"]\s*\)/.exec(statement.getText())?.[1];
}
