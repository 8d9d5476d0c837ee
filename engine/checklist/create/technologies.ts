/** What a technology is to a service. */
export type TechnologyKind = 'framework' | 'database' | 'queue' | 'test runner' | 'desktop' | 'container' | 'CI';

export interface Technology {
  readonly name: string;
  readonly kind: TechnologyKind;
  /** Any of these in a package.json says that it is used. */
  readonly packages?: readonly string[];
  /** So does a file whose path relative to the workspace matches. */
  readonly file?: RegExp;
  /** The name by which ids of rules mention it: such a rule is for those who use it. */
  readonly word?: string;
}

/** What is recognised, in the order in which it is told. */
export const technologies: readonly Technology[] = [
  { name: 'Express', kind: 'framework', packages: ['express'], word: 'express' },
  { name: 'Fastify', kind: 'framework', packages: ['fastify'], word: 'fastify' },
  { name: 'NestJS', kind: 'framework', packages: ['@nestjs/core'], word: 'nest' },
  { name: 'Koa', kind: 'framework', packages: ['koa'], word: 'koa' },
  { name: 'Hono', kind: 'framework', packages: ['hono'], word: 'hono' },
  { name: 'Next.js', kind: 'framework', packages: ['next'], word: 'next' },
  { name: 'Socket.IO', kind: 'framework', packages: ['socket.io'], word: 'socketio' },
  { name: 'ws', kind: 'framework', packages: ['ws'] },
  { name: 'React', kind: 'framework', packages: ['react'], word: 'react' },
  { name: 'Electron', kind: 'desktop', packages: ['electron'], word: 'electron' },
  { name: 'Prisma', kind: 'database', packages: ['prisma', '@prisma/client'], file: /\.prisma$/, word: 'prisma' },
  { name: 'PostgreSQL', kind: 'database', packages: ['pg', 'postgres', 'pg-promise'] },
  { name: 'MySQL', kind: 'database', packages: ['mysql', 'mysql2'] },
  { name: 'SQLite', kind: 'database', packages: ['sqlite3', 'better-sqlite3'] },
  { name: 'MongoDB', kind: 'database', packages: ['mongodb', 'mongoose'], word: 'mongo' },
  { name: 'Redis', kind: 'database', packages: ['redis', 'ioredis'], word: 'redis' },
  { name: 'TypeORM', kind: 'database', packages: ['typeorm'], word: 'typeorm' },
  { name: 'Drizzle', kind: 'database', packages: ['drizzle-orm'], word: 'drizzle' },
  { name: 'BullMQ', kind: 'queue', packages: ['bullmq', 'bull'], word: 'bullmq' },
  { name: 'RabbitMQ', kind: 'queue', packages: ['amqplib'], word: 'amqp' },
  { name: 'Kafka', kind: 'queue', packages: ['kafkajs'], word: 'kafka' },
  {
    name: 'Jest',
    kind: 'test runner',
    packages: ['jest', 'ts-jest'],
    file: /(?:^|\/)jest\.config\.\w+$/,
    word: 'jest',
  },
  { name: 'Vitest', kind: 'test runner', packages: ['vitest'], word: 'vitest' },
  { name: 'Mocha', kind: 'test runner', packages: ['mocha'], word: 'mocha' },
  { name: 'Playwright', kind: 'test runner', packages: ['@playwright/test'], word: 'playwright' },
  { name: 'Docker', kind: 'container', file: /(?:^|\/)Dockerfile(?:\.\w+)?$/, word: 'dockerfile' },
  { name: 'Docker Compose', kind: 'container', file: /(?:^|\/)(?:docker-)?compose(?:\.\w+)?\.ya?ml$/, word: 'compose' },
  { name: 'GitHub Actions', kind: 'CI', file: /^\.github\/workflows\/[^/]+\.ya?ml$/, word: 'workflow' },
];

/** What only people can do, for everybody or for those who use something. */
export const humanTasks: readonly { readonly kind?: TechnologyKind; readonly task: string }[] = [
  { task: 'Name who is called when it breaks at night, and let them try the alarm' },
  { task: 'Write down how a release is taken back, and take one back' },
  { task: 'List the secrets in use, and replace those that ever left the machine they belong to' },
  { kind: 'database', task: 'Restore a backup of the data into an empty system' },
  { kind: 'queue', task: 'Stop the queue for an hour, and see that no message is lost' },
  { kind: 'container', task: 'Look at the running memory and processor limits under the load that is expected' },
  { kind: 'CI', task: 'Decide which checks have to pass before a change may be merged, and enforce them' },
  { kind: 'desktop', task: 'Sign the application, and update an installed copy to a new release' },
];
