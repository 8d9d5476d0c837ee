import type { FixContext, FixSource, TextEdit } from '#api';
import { folderOf, modulePath, resolvePath } from '../filePath.ts';
import { importLine, type NewImport } from '../importLine.ts';
import { specifierFor } from '../moduleSpecifier.ts';
import { statementEnd } from '../statementEnd.ts';
import { packageFolder } from './nearestPackage.ts';
import { clientName, type OpenedClient } from './openedClients.ts';

/** A file that code is put into: that of the finding, or another one. */
export type Place = Pick<FixSource, 'path' | 'text' | 'file' | 'header'> & Pick<FixContext<unknown>, 'insert'>;

/** A client under the name it has in a file. */
export interface ReachedClient extends OpenedClient {
  readonly local: string;
}

/** Clients by the names they have in a file, and the imports that bring those it does not have yet. */
export interface Reached {
  readonly clients: readonly ReachedClient[];
  readonly imports: readonly TextEdit[];
}

/** Makes clients of a project known in a file; `undefined` where the name of one is taken or nothing can be imported. */
export function reachClients(
  opened: readonly OpenedClient[],
  place: Place,
  ctx: Pick<FixContext<unknown>, 'source'>,
): Reached | undefined {
  const end = statementEnd(place.file);
  const taken = new Set<string>();
  const clients: ReachedClient[] = [];
  const added = new Map<number, string>();
  for (const client of opened) {
    const known = client.kind === 'variable' ? client.name : importedAs(client, place);
    const local = known ?? clientName(client);
    if (known === undefined) {
      const isTaken = place.header.topLevel.has(local) || place.header.imports.has(local) || taken.has(local);
      const line = isTaken ? undefined : importLine(place, importOf(client, local, place, ctx), end);
      if (line === undefined) return undefined;
      added.set(line.start, (added.get(line.start) ?? '') + line.newText);
    }
    taken.add(local);
    clients.push({ ...client, local });
  }
  return { clients, imports: [...added].map(([at, text]) => place.insert(at, text)) };
}

/** What a file calls a client already; paths of aliases are told by their ends. */
function importedAs({ kind, name, path }: OpenedClient, { header, path: from }: Place): string | undefined {
  const bare = modulePath(path);
  for (const [local, imported] of header.imports) {
    if (imported.typeOnly) continue;
    const { module } = imported;
    if (kind === 'package') {
      if (module === name && /^(?:|default|\*)$/.test(imported.name)) return local;
      continue;
    }
    const isIt = module.startsWith('.')
      ? modulePath(resolvePath(folderOf(from), module)) === bare
      : /^[@~#]\/?/.test(module) && bare.endsWith(`/${modulePath(module.replace(/^[@~#]\/?/, ''))}`);
    if (isIt && imported.name === name) return local;
  }
  return undefined;
}

function importOf(
  { kind, name, path }: OpenedClient,
  local: string,
  place: Place,
  ctx: Pick<FixContext<unknown>, 'source'>,
): NewImport {
  if (kind === 'package') {
    // Without interop a default import is nothing: the file that opens it shows which one works here.
    const isNamespace = new RegExp(`import\\s*\\*\\s*as\\s+\\w+\\s+from\\s*['"]${name}['"]`).test(
      ctx.source(path)?.text ?? '',
    );
    return { module: name, name: isNamespace ? `* as ${local}` : local, isDefault: true };
  }
  const folder = packageFolder(place.path, ctx);
  const manifest = folder === undefined ? undefined : ctx.source(`${folder}/package.json`);
  const isModule = /"type"\s*:\s*"module"/.test(manifest?.text ?? '');
  const isRequire = !/^\s*import\b/m.test(place.text);
  const module = specifierFor(place.path, path, place.file, isModule && !isRequire);
  return { module, name: local, isDefault: name === '' };
}
