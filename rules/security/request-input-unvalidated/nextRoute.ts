import { type FileHeader, ts } from '#api';
import { hasModifier } from '../../_shared/modifiers.ts';
import { isOutsideService } from '../../_shared/places.ts';

/** What Next.js answers with the exports of a file. */
export interface NextRoute {
  /** `/api/users/[id]`. */
  readonly path: string;
  /** One export answers all methods. */
  readonly isPage: boolean;
}

const ROUTE = /^\/(?:[^/]+\/)*?(?:src\/)?app\/((?:[^/]+\/)*)route\.[cm]?[jt]sx?$/;
const PAGE = /^\/(?:[^/]+\/)*?(?:src\/)?pages\/(api\/.+)\.[cm]?[jt]sx?$/;

/** The route that a file stands for by its place; `undefined` for other files, and outside of Next.js. */
export function nextRouteOf({ localPath, dependency }: FileHeader): NextRoute | undefined {
  if (!/(?:\/route\.|pages\/api\/)/.test(localPath) || dependency('next') === undefined) return undefined;
  if (isOutsideService(localPath)) return undefined;
  const route = ROUTE.exec(localPath)?.[1];
  if (route !== undefined) {
    const parts = route.split('/').filter((part) => part !== '' && !/^[(@]/.test(part));
    return { path: `/${parts.join('/')}`, isPage: false };
  }
  const page = PAGE.exec(localPath)?.[1];
  return page === undefined ? undefined : { path: `/${page.replace(/\/index$/, '')}`, isPage: true };
}

/** What a file exports a function as, when the function itself is exported and nothing is wrapped around it. */
export function exportedAs(fn: ts.Node, file: ts.SourceFile): string | undefined {
  if (ts.isFunctionDeclaration(fn)) {
    if (hasModifier(fn, ts.SyntaxKind.DefaultKeyword)) return 'default';
    if (hasModifier(fn, ts.SyntaxKind.ExportKeyword)) return fn.name?.text;
    return fn.name !== undefined && isDefault(fn.name.text, file) ? 'default' : undefined;
  }
  const { parent } = fn;
  if (ts.isExportAssignment(parent)) return 'default';
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return undefined;
  const statement = parent.parent.parent;
  if (!ts.isVariableStatement(statement)) return undefined;
  const isExported = hasModifier(statement, ts.SyntaxKind.ExportKeyword);
  if (isExported) return parent.name.text;
  return isDefault(parent.name.text, file) ? 'default' : undefined;
}

/** `export default handler`. */
function isDefault(name: string, { statements }: ts.SourceFile): boolean {
  return statements.some(
    (one) => ts.isExportAssignment(one) && ts.isIdentifier(one.expression) && one.expression.text === name,
  );
}
