import { imageReference } from '../../_shared/delivery/imageReference.ts';

/** What tells that a program serves, by the name of its image; as YAML. */
const CHECKS: readonly { readonly image: RegExp; readonly test: (tag: string) => string }[] = [
  {
    image: /^(?:postgres|postgis\/postgis|pgvector\/pgvector|timescale\/timescaledb)$/,
    test: () => `["CMD-SHELL", "pg_isready -U $\${POSTGRES_USER:-postgres}"]`,
  },
  { image: /^mysql$/, test: () => '["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]' },
  { image: /^mariadb$/, test: () => '["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"]' },
  {
    image: /^mongo$/,
    // The new shell came with version 5.
    test: (tag) =>
      `["CMD", "${/^[34](?=\D|$)/.test(tag) ? 'mongo' : 'mongosh'}", "--quiet", "--eval", "db.adminCommand('ping')"]`,
  },
  { image: /^redis$/, test: () => '["CMD", "redis-cli", "ping"]' },
  { image: /^valkey\/valkey$/, test: () => '["CMD", "valkey-cli", "ping"]' },
  { image: /^rabbitmq$/, test: () => '["CMD", "rabbitmq-diagnostics", "-q", "ping"]' },
];

/** The check for a known database or queue, whose image brings none; `undefined` for every other image. */
export function checkFor(image: string): string | undefined {
  const { name, tag } = imageReference(image);
  return CHECKS.find((each) => each.image.test(name))?.test(tag);
}

/** Programs in which people look at databases, and that wait for them by themselves. */
export function isTool(image: string): boolean {
  return /pgadmin|adminer|mongo-express|redisinsight|redis-commander|phpmyadmin|dbgate|mongo-gui|rediscommander/i.test(
    image,
  );
}
