import type { FileValue, MessageData, ProjectContext } from '#api';
import { connectionFacet } from '../testing/connections/connectionFacet.ts';
import type { Offered, Offers } from '../testing/connections/offers.ts';
import { importFacet } from './importFacet.ts';

/** Facets that a rule lists to ask for {@link openedClients}. */
export const CLIENT_FACETS = [connectionFacet, importFacet] as const;

/** A client that a program opens, in a place where its other files can reach it. */
export interface OpenedClient extends Offered {
  readonly path: string;
  /**
   * `export` of this name (empty for the default one), variable of this name at the top of the file, or `package` that keeps
   * the connection itself.
   */
  readonly kind: 'export' | 'variable' | 'package';
  readonly name: string;
}

/** Programs have fewer files than that below one of theirs; what comes behind is not looked at. */
const MAX_FILES = 2000;

/**
 * Clients in the files that a program is made of: those which these files import when they run, in the order in which they are
 * reached. Others of the project belong to scripts and to other programs.
 * @param into the file that code is put into, which reaches what it does not export
 */
export function openedClients(
  files: readonly string[],
  into: string,
  ctx: Pick<ProjectContext<string, unknown>, 'get' | 'resolveImport'>,
): readonly OpenedClient[] {
  const reached = new Set(files);
  const found: OpenedClient[] = [];
  for (const path of reached) {
    const offers = ctx.get(path, connectionFacet);
    if (offers !== undefined) found.push(...clientsIn(path, offers, path === into));
    const { local = [], others = [] } = ctx.get(path, importFacet) ?? {};
    for (const { to } of [...local, ...others]) {
      const target = ctx.resolveImport(path, to);
      if (target !== undefined && reached.size < MAX_FILES) reached.add(target);
    }
  }
  const packages = new Set<string>();
  return found.filter(({ kind, name }) => {
    const isKnown = kind === 'package' && packages.has(name);
    if (kind === 'package') packages.add(name);
    return !isKnown;
  });
}

function clientsIn(path: string, offers: Offers, isOwn: boolean): readonly OpenedClient[] {
  const from = (list: Readonly<Record<string, Offered>>, kind: OpenedClient['kind']): readonly OpenedClient[] =>
    Object.entries(list).map(([name, one]) => ({ ...one, path, kind, name }));
  return [...(isOwn ? from(offers.held, 'variable') : from(offers.clients, 'export')), ...from(offers.kept, 'package')];
}

/** How findings remember clients: names for people, and references that {@link rememberedClients} reads. */
export function clientData(clients: readonly OpenedClient[], root: string): MessageData {
  return {
    clients: clients.map(clientName).join(', '),
    opened: clients.map(({ path, kind, name }) => `${kind} ${path.slice(root.length + 1)}#${name}`).join('\n'),
  };
}

/** The clients that a finding remembers, as far as they are still there. */
export function rememberedClients(
  { opened }: MessageData,
  values: Iterable<FileValue<Offers>>,
  root: string,
): readonly OpenedClient[] {
  if (typeof opened !== 'string' || opened === '') return [];
  const offers = new Map([...values].map(({ path, value }) => [path, value]));
  return opened.split('\n').flatMap((reference): readonly OpenedClient[] => {
    const [, kind, local = '', name = ''] = /^(export|variable|package) (.*)#(.*)$/.exec(reference) ?? [];
    const path = `${root}/${local}`;
    const found = offers.get(path);
    if (found === undefined) return [];
    return clientsIn(path, found, kind === 'variable').filter((one) => one.kind === kind && one.name === name);
  });
}

/** What code calls a client where it has to name it: as its export; a default export goes by the name of its file. */
export function clientName({ name, path }: OpenedClient): string {
  const [file = ''] =
    path
      .replace(/\/index\.\w+$/, '')
      .split('/')
      .at(-1)
      ?.split('.') ?? [];
  return (name === '' ? file : name)
    .replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/\W/g, '');
}
