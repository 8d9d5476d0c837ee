import type { Access, Library, RoleTable } from '../model.ts';

const REPOSITORY: Readonly<Record<string, Access>> = {
  find: 'read',
  findBy: 'read',
  findAndCount: 'read',
  findAndCountBy: 'read',
  findByIds: 'read',
  findOne: 'read',
  findOneBy: 'read',
  findOneOrFail: 'read',
  findOneByOrFail: 'read',
  findOneById: 'read',
  count: 'read',
  countBy: 'read',
  exists: 'read',
  existsBy: 'read',
  sum: 'read',
  average: 'read',
  minimum: 'read',
  maximum: 'read',
  save: 'write',
  insert: 'write',
  update: 'write',
  updateAll: 'write',
  upsert: 'write',
  delete: 'write',
  deleteAll: 'write',
  remove: 'write',
  softDelete: 'write',
  softRemove: 'write',
  recover: 'write',
  restore: 'write',
  increment: 'write',
  decrement: 'write',
  clear: 'write',
  query: 'raw',
};

const BUILDER: RoleTable = {
  calls: {
    getMany: 'read',
    getManyAndCount: 'read',
    getOne: 'read',
    getOneOrFail: 'read',
    getCount: 'read',
    getExists: 'read',
    getRawMany: 'read',
    getRawOne: 'read',
    getRawAndEntities: 'read',
    stream: 'read',
    execute: 'read',
  },
  leads: {
    insert: { role: 'builder', access: 'write' },
    update: { role: 'builder', access: 'write' },
    delete: { role: 'builder', access: 'write' },
    softDelete: { role: 'builder', access: 'write' },
    restore: { role: 'builder', access: 'write' },
    into: { role: 'builder', target: 'argument', access: 'write' },
    from: { role: 'builder', target: 'argument' },
  },
  others: { role: 'builder' },
};

const BUILDS = { createQueryBuilder: { role: 'builder', target: 'argument' } } as const;
const REPOSITORIES = {
  getRepository: { role: 'model', target: 'argument' },
  getTreeRepository: { role: 'model', target: 'argument' },
  getMongoRepository: { role: 'model', target: 'argument' },
  withRepository: { role: 'model', target: 'argument' },
} as const;

const SOURCE: RoleTable = {
  calls: { query: 'raw', transaction: 'transaction', destroy: 'manage', initialize: 'manage', synchronize: 'manage' },
  leads: {
    ...REPOSITORIES,
    ...BUILDS,
    manager: { role: 'manager' },
    createEntityManager: { role: 'manager' },
    createQueryRunner: { role: 'runner' },
  },
};

/** TypeORM, with the repositories of MikroORM left out: they flush elsewhere. */
export const TYPEORM: Library = {
  kind: 'typeorm',
  packages: ['typeorm', '@nestjs/typeorm'],
  values: {
    'typeorm#DataSource': 'client',
    'typeorm#Connection': 'client',
    'typeorm#createConnection': 'client',
    'typeorm#getConnection': 'client',
    'typeorm#EntityManager': 'manager',
    'typeorm#getManager': 'manager',
    'typeorm#QueryRunner': 'runner',
    'typeorm#Repository': 'model',
    'typeorm#TreeRepository': 'model',
    'typeorm#MongoRepository': 'model',
    'typeorm#getRepository': 'model',
    'typeorm#SelectQueryBuilder': 'builder',
  },
  roles: {
    client: SOURCE,
    manager: {
      calls: { ...REPOSITORY, transaction: 'transaction' },
      named: true,
      leads: { ...REPOSITORIES, ...BUILDS },
    },
    runner: {
      calls: { query: 'raw', startTransaction: 'transaction', release: 'manage', connect: 'manage' },
      leads: { manager: { role: 'manager' } },
    },
    model: {
      calls: REPOSITORY,
      leads: {
        createQueryBuilder: { role: 'builder' },
        extend: { role: 'model' },
        manager: { role: 'manager' },
      },
    },
    builder: BUILDER,
  },
  close: ['destroy', 'close'],
  shape: {
    name: /repo(?:sitory)?$/i,
    role: 'model',
    methods: new Set(Object.keys(REPOSITORY).filter((name) => !['query', 'clear', 'exists', 'sum'].includes(name))),
  },
};
