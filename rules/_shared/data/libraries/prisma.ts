import type { Access, Library } from '../model.ts';

const MODEL_CALLS: Readonly<Record<string, Access>> = {
  findMany: 'read',
  findUnique: 'read',
  findUniqueOrThrow: 'read',
  findFirst: 'read',
  findFirstOrThrow: 'read',
  count: 'read',
  aggregate: 'read',
  groupBy: 'read',
  create: 'write',
  createMany: 'write',
  createManyAndReturn: 'write',
  update: 'write',
  updateMany: 'write',
  updateManyAndReturn: 'write',
  upsert: 'write',
  delete: 'write',
  deleteMany: 'write',
};

const CLIENT = {
  calls: {
    $queryRaw: 'raw',
    $executeRaw: 'raw',
    $queryRawUnsafe: 'raw',
    $executeRawUnsafe: 'raw',
    $queryRawTyped: 'read',
    $transaction: 'transaction',
    $connect: 'manage',
    $disconnect: 'manage',
    $on: 'manage',
    $use: 'manage',
  },
  leads: { $extends: { role: 'client' } },
  others: { role: 'model', target: 'name' },
} as const;

/** Prisma, whose client is generated into the project. */
export const PRISMA: Library = {
  kind: 'prisma',
  packages: ['@prisma/client', 'prisma', '@prisma/extension-accelerate'],
  values: {
    '@prisma/client#PrismaClient': 'client',
    '@prisma/client/edge#PrismaClient': 'client',
    '@prisma/client#Prisma.TransactionClient': 'transaction',
  },
  generated: {
    PrismaClient: 'client',
    PrismaService: 'client',
    ExtendedPrismaClient: 'client',
    'Prisma.TransactionClient': 'transaction',
    PrismaTransaction: 'transaction',
    TransactionClient: 'transaction',
  },
  roles: { client: CLIENT, transaction: CLIENT, model: { calls: MODEL_CALLS } },
  close: ['$disconnect'],
  shape: {
    name: /prisma|^(?:db|database|tx|trx|client|orm|dbClient)$/i,
    role: 'client',
    methods: new Set([...Object.keys(MODEL_CALLS), ...Object.keys(CLIENT.calls).filter((name) => name.length > 4)]),
  },
};
