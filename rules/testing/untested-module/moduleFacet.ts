import { type Anchor, facet, ts } from '#api';
import { isFunctionValue } from '../../_shared/enclosing.ts';

/** A module that does work for requests, at the first thing it exports. */
export interface WorkingModule {
  readonly at: Anchor;
}

/** Modules that hold what a service does, by how they are called or where they lie. */
const WORKING =
  /[./-](?:services?|controllers?|handlers?|routes?|routers?|resolvers?|repository|repositories|use-?cases?|middlewares?|gateways?|processors?|jobs?|interactors?)\.[cm]?[jt]sx?$|\w(?:Service|Controller|Handler|Routes?|Router|Resolver|Repository|UseCase|Middleware|Processor)\.[cm]?[jt]s$|\/(?:services|controllers|handlers|routes|routers|resolvers|repositories|use-?cases|middlewares?)\/[\w.-]+\.[cm]?[jt]s$/i;

/** Modules of declarations: nothing in them runs. */
const DECLARING =
  /(?:^|\/)index\.[cm]?[jt]sx?$|[./-](?:d|types?|interfaces?|dto|schemas?|constants?|enums?|config|module|model|entity|mocks?|stub|fixture|stories)\.[cm]?[jt]sx?$|\/(?:types|interfaces|dtos?|schemas|constants|models|entities|migrations|seeds?)\//i;

/** Shorter modules hand on what others do. */
const MIN_LENGTH = 200;

/** Services, handlers, routes and what else does the work, with functions of their own. */
export const moduleFacet = facet<never, WorkingModule>({
  name: 'testing/working-modules',
  fold(_scope, { header: { localPath, isTest }, file, at }) {
    if (isTest || !WORKING.test(localPath) || DECLARING.test(localPath) || file.text.length < MIN_LENGTH)
      return undefined;
    const work = file.statements.find(doesWork);
    if (work === undefined) return undefined;
    const start = work.getStart(file);
    const lineEnd = file.text.indexOf('\n', start);
    const end = Math.min(work.end, lineEnd < 0 ? file.text.length : lineEnd);
    return { at: at({ start, end: file.text[end - 1] === '\r' ? end - 1 : end }) };
  },
});

/** A class with methods, a function, a constant that holds one, routes that are registered. */
function doesWork(statement: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(statement)) return statement.body !== undefined;
  if (ts.isClassDeclaration(statement))
    return statement.members.some((member) => ts.isMethodDeclaration(member) && member.body !== undefined);
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some(
      ({ initializer }) => initializer !== undefined && isFunction(initializer),
    );
  }
  if (ts.isExportAssignment(statement)) return isFunction(statement.expression);
  if (!ts.isExpressionStatement(statement)) return false;
  const { expression } = statement;
  if (ts.isBinaryExpression(expression)) return isFunction(expression.right);
  return ts.isCallExpression(expression) && expression.arguments.some(isFunction);
}

function isFunction(node: ts.Node): boolean {
  if (isFunctionValue(node)) return true;
  // `asyncHandler(async (req, res) => …)`
  return ts.isCallExpression(node) && node.arguments.some((argument) => isFunctionValue(argument));
}
