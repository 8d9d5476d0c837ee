import type { Access, Lead, Library, RoleTable } from '../model.ts';

/** `User`, `userModel`; services, factories and the like have methods of the same names. */
const MODEL_NAME =
  /^(?!\w*(?:Service|Controller|Factory|Repository|Repo|Manager|Helper|Utils?|Store|Api|Client|Handler|Dao|Dal)$)(?:[A-Z]\w*[a-z]\w*|\w+Model)$/;

const MONGOOSE_MODEL: Readonly<Record<string, Access>> = {
  find: 'read',
  findById: 'read',
  findOne: 'read',
  exists: 'read',
  count: 'read',
  countDocuments: 'read',
  estimatedDocumentCount: 'read',
  distinct: 'read',
  aggregate: 'read',
  create: 'write',
  insertOne: 'write',
  insertMany: 'write',
  bulkWrite: 'write',
  bulkSave: 'write',
  updateOne: 'write',
  updateMany: 'write',
  replaceOne: 'write',
  deleteOne: 'write',
  deleteMany: 'write',
  findByIdAndUpdate: 'write',
  findByIdAndDelete: 'write',
  findByIdAndRemove: 'write',
  findOneAndUpdate: 'write',
  findOneAndDelete: 'write',
  findOneAndRemove: 'write',
  findOneAndReplace: 'write',
};

const models = (names: readonly string[], lead: Lead): Readonly<Record<string, Lead>> =>
  Object.fromEntries(names.map((name) => [name, lead]));

const MONGOOSE_CLIENT: RoleTable = {
  calls: {
    transaction: 'transaction',
    connect: 'manage',
    disconnect: 'manage',
    close: 'manage',
    dropDatabase: 'manage',
    syncIndexes: 'manage',
  },
  leads: {
    model: { role: 'model', target: 'argument' },
    connection: { role: 'client' },
    createConnection: { role: 'client' },
  },
};

/** Mongoose, by itself, in Nest and with Typegoose. */
export const MONGOOSE: Library = {
  kind: 'mongoose',
  packages: ['mongoose', '@nestjs/mongoose', '@typegoose/typegoose'],
  values: {
    mongoose: 'client',
    'mongoose#connection': 'client',
    'mongoose#Connection': 'client',
    'mongoose#createConnection': 'client',
    'mongoose#connect': 'client',
    'mongoose#model': 'model',
    'mongoose#Model': 'model',
    'mongoose#PaginateModel': 'model',
    '@typegoose/typegoose#getModelForClass': 'model',
    '@typegoose/typegoose#ReturnModelType': 'model',
  },
  roles: { client: MONGOOSE_CLIENT, model: { calls: MONGOOSE_MODEL } },
  close: ['disconnect', 'close'],
  singletons: ['mongoose', 'mongoose#connection'],
  shape: {
    name: MODEL_NAME,
    role: 'model',
    methods: new Set(Object.keys(MONGOOSE_MODEL).filter((name) => /By|One|Many|Documents|^bulk/.test(name))),
    from: /model|schema/i,
  },
};

const SEQUELIZE_MODEL: Readonly<Record<string, Access>> = {
  findAll: 'read',
  findByPk: 'read',
  findOne: 'read',
  findAndCountAll: 'read',
  count: 'read',
  max: 'read',
  min: 'read',
  sum: 'read',
  aggregate: 'read',
  create: 'write',
  bulkCreate: 'write',
  findOrCreate: 'write',
  findCreateFind: 'write',
  upsert: 'write',
  update: 'write',
  destroy: 'write',
  restore: 'write',
  increment: 'write',
  decrement: 'write',
  truncate: 'write',
};

/** Sequelize, by itself, in Nest and with decorators. */
export const SEQUELIZE: Library = {
  kind: 'sequelize',
  packages: ['sequelize', 'sequelize-typescript', '@sequelize/core', '@nestjs/sequelize'],
  values: {
    sequelize: 'client',
    'sequelize#Sequelize': 'client',
    'sequelize-typescript#Sequelize': 'client',
    '@sequelize/core#Sequelize': 'client',
    'sequelize#Model': 'model',
    'sequelize#ModelStatic': 'model',
    'sequelize#ModelCtor': 'model',
    'sequelize-typescript#Model': 'model',
    '@sequelize/core#Model': 'model',
    '@sequelize/core#ModelStatic': 'model',
  },
  roles: {
    client: {
      calls: {
        query: 'raw',
        transaction: 'transaction',
        authenticate: 'manage',
        sync: 'manage',
        drop: 'manage',
        close: 'manage',
      },
      leads: models(['define', 'model'], { role: 'model', target: 'argument' }),
    },
    model: {
      calls: SEQUELIZE_MODEL,
      leads: models(['scope', 'unscoped', 'schema', 'withScope', 'withoutScope'], { role: 'model' }),
    },
  },
  close: ['close'],
  shape: {
    name: MODEL_NAME,
    role: 'model',
    methods: new Set(Object.keys(SEQUELIZE_MODEL).filter((name) => /^find|^bulk/.test(name))),
    from: /model|entit|^\.\.?\/(?:db|database)/i,
  },
};
