import { type Anchor, type DataNode, type FormatDocument, facet } from '#api';
import { entryAt, textAt } from '../../_shared/dataMembers.ts';
import { hasProfile, isComposeFile, isComposeForWork, servicesOf } from '../../_shared/delivery/compose.ts';
import { useOf } from '../../_shared/delivery/composeUse.ts';
import { imageReference } from '../../_shared/delivery/imageReference.ts';
import { workloadsOf } from '../../_shared/delivery/kubernetes.ts';

/** What a document tells about databases and their copies. */
export interface DatabaseFacts {
  /** Databases that keep their data beside the program, where they are run for users. */
  readonly databases: readonly { readonly name: string; readonly image: string; readonly at: Anchor }[];
  /** Something here makes or mentions copies. */
  readonly copies: boolean;
}

/** Images of databases by what keeps the truth of a program; caches and queues are made again. */
const DATABASES =
  /(?:^|\/)(?:postgres|postgis|timescaledb(?:-ha)?|pgvector|mysql|mysql-server|mariadb|mongo|mongodb|mongodb-community-server|mssql\/server|couchdb|cockroach|neo4j|surrealdb|arangodb|cassandra|scylla|influxdb|rethinkdb|postgresql|supabase\/postgres)$/;
/** Tools and words that stand for copies; providers that keep them. */
const COPIES =
  /backup|back-up|pg_?dump|mongodump|mysqldump|mariadb-dump|wal-g|wal-e|barman|restic|\bborg|velero|litestream|pgbackrest|snapshot|pg_basebackup|databack|dump\.sh|xtrabackup|archive_command/i;

/** Compose files and manifests of Kubernetes, with everything else in YAML, JSON and Markdown that speaks of copies. */
export const databaseFacet = facet<never, DatabaseFacts>({
  name: 'delivery/databases',
  documents: {
    languages: ['yaml', 'json', 'markdown', 'dockerfile', 'dotenv'],
    fold(document, { path, localPath, at }) {
      if (/\/(?:tsconfig|package-lock)[^/]*\.json$|changelog/i.test(path)) return undefined;
      const copies =
        (/\.(?:ya?ml|md)$|package\.json$|\.env/i.test(path) || document.language === 'dockerfile') &&
        COPIES.test(document.text);
      const databases = document.language === 'yaml' && 'roots' in document ? databasesIn(document, localPath, at) : [];
      return copies || databases.length > 0 ? { databases, copies } : undefined;
    },
  },
});

type YamlDocument = Extract<FormatDocument, { roots: readonly DataNode[] }>;
type At = (span: DataNode['span']) => Anchor;

function databasesIn(document: YamlDocument, localPath: string, at: At): DatabaseFacts['databases'] {
  if (isComposeFile(localPath)) {
    if (isComposeForWork(localPath) || useOf(localPath, document) !== 'shipped') return [];
    return servicesOf(document)
      .filter((service) => !hasProfile(service) && keepsData(service.node) && isRunForUsers(localPath, document))
      .flatMap(({ name, node }) => found(name, node, at));
  }
  if (isComposeForWork(localPath)) return [];
  return workloadsOf(document)
    .filter(({ kind }) => kind === 'StatefulSet')
    .flatMap(({ name, containers }) => containers.flatMap(({ node }) => found(name, node, at)));
}

function found(name: string, node: DataNode, at: At): DatabaseFacts['databases'] {
  const image = entryAt(node, 'image');
  const reference = textAt(node, 'image') ?? '';
  if (image === undefined || !DATABASES.test(imageReference(reference).name)) return [];
  return [{ name, image: imageReference(reference).name, at: at(image.span) }];
}

/** A file for production, or a program in production that is not only shown. */
function isRunForUsers(localPath: string, { text }: YamlDocument): boolean {
  return (
    /[./_-](?:prod\w*|deploy\w*|release)(?=[./_-])/i.test(localPath.slice(localPath.lastIndexOf('/'))) ||
    (/NODE_ENV['"]?\s*[:=]\s*['"]?prod/.test(text) && !/:local\b|\bdemo/i.test(text.replace(/_/g, ' ')))
  );
}

/** Without a volume nothing outlives the container, so there is nothing to copy. */
function keepsData(node: DataNode): boolean {
  const volumes = entryAt(node, 'volumes')?.value;
  return (
    volumes?.kind === 'array' &&
    volumes.items.some(
      (item) =>
        item.kind === 'object' ||
        (item.kind === 'scalar' && /:\/(?:var\/lib|data|bitnami|opt)/.test(String(item.value))),
    )
  );
}
