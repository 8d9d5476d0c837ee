import { lastPart } from '../../_shared/filePath.ts';

/** Ports by which databases, caches and queues are reached, by the last part of their image's name. */
const PORTS: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ...['postgres', 'postgresql', 'postgis', 'pgvector', 'timescaledb', 'timescaledb-ha'].map(
    (name) => [name, [5432]] as const,
  ),
  ...['mysql', 'mariadb', 'mysql-server', 'percona'].map((name) => [name, [3306]] as const),
  ...['mongo', 'mongodb', 'mongodb-community-server'].map((name) => [name, [27017]] as const),
  ...['redis', 'valkey', 'redis-stack', 'redis-stack-server', 'keydb', 'dragonfly'].map(
    (name) => [name, [6379]] as const,
  ),
  ...['elasticsearch', 'opensearch'].map((name) => [name, [9200, 9300]] as const),
  ['rabbitmq', [5672]],
  ['memcached', [11211]],
  ['server', [1433]],
  ['cassandra', [9042]],
  ['couchdb', [5984]],
  ['neo4j', [7474, 7687]],
  ['clickhouse-server', [8123, 9000]],
  ['influxdb', [8086]],
  ['cockroach', [26257]],
  ['libsql-server', [8080, 5001]],
  ['scylla', [9042]],
  ['arangodb', [8529]],
  ['surrealdb', [8000]],
  ['qdrant', [6333, 6334]],
]);

/** The ports of a known database; `undefined` for every other image. */
export function databasePorts(image: string): readonly number[] | undefined {
  const name = lastPart(image);
  if (name === 'server' && !/mssql\/server$/.test(image)) return undefined;
  return PORTS.get(name);
}

/** Settings that let everybody in, and the setting that asks for a password instead. */
const OPEN: readonly { readonly name: RegExp; readonly value: RegExp; readonly instead?: string }[] = [
  { name: /^POSTGRES_HOST_AUTH_METHOD$/, value: /^trust$/i, instead: 'POSTGRES_PASSWORD' },
  { name: /^MYSQL_ALLOW_EMPTY_PASSWORD$/, value: /^(?:yes|true|1)$/i, instead: 'MYSQL_ROOT_PASSWORD' },
  {
    name: /^MARIADB_ALLOW_EMPTY_(?:ROOT_)?PASSWORD$/,
    value: /^(?:yes|true|1)$/i,
    instead: 'MARIADB_ROOT_PASSWORD',
  },
  { name: /^ALLOW_(?:EMPTY_PASSWORD|ANONYMOUS_LOGIN)$/, value: /^(?:yes|true|1)$/i },
  { name: /^xpack\.security\.enabled$/, value: /^false$/i },
  { name: /^(?:DISABLE_SECURITY_PLUGIN|plugins\.security\.disabled)$/, value: /^true$/i },
  { name: /^ME_CONFIG_BASICAUTH(?:_ENABLED)?$/, value: /^false$/i },
  { name: /^NEO4J_AUTH$/, value: /^none$/i },
  { name: /^CLICKHOUSE_SKIP_USER_SETUP$/, value: /^1$/ },
  { name: /^AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED$/, value: /^true$/i },
];

/** Says whether a setting switches authentication off, and which one would ask for a password in its place. */
export function opens(name: string, value: string): { readonly instead: string | undefined } | undefined {
  const found = OPEN.find((each) => each.name.test(name) && each.value.test(value));
  return found && { instead: found.instead };
}

/** Programs that manage, watch or proxy containers: the socket, the host or its rights are what they are for. */
export function isForHost(text: string): boolean {
  return /traefik|portainer|watchtower|cadvisor|dozzle|nginx-proxy|socket-?proxy|autoheal|promtail|datadog|netdata|node-exporter|fluent|vector|gitlab-runner|act_runner|diun|dind|docker:|agent|ofelia|localstack|komodo|dockge|testcontainers|ryuk|otel|telegraf|\bdocker-|beat\b|runner|lazydocker|sandbox|probe/i.test(
    text,
  );
}
