import type { Access, Library, RoleTable } from '../model.ts';

const names = (access: Access, list: string): Readonly<Record<string, Access>> =>
  Object.fromEntries(list.split(' ').map((name) => [name, access]));

const REDIS: RoleTable = {
  calls: {
    ...names('read', 'get mget exists ttl pttl type keys scan scanIterator scanStream strlen getrange getRange'),
    ...names('read', 'hget hgetall hmget hkeys hvals hlen hexists hGet hGetAll hmGet hKeys hVals hLen hExists'),
    ...names('read', 'lrange llen lindex lRange lLen smembers sismember scard sMembers sIsMember sCard'),
    ...names('read', 'zrange zscore zcard zrangebyscore zRange zScore zCard zRangeByScore'),
    ...names('write', 'set setex psetex setnx setEx pSetEx setNX mset mSet getset getSet getdel getDel append'),
    ...names('write', 'del unlink expire pexpire pExpire expireat expireAt persist rename'),
    ...names('write', 'incr incrby incrbyfloat decr decrby incrBy incrByFloat decrBy'),
    ...names('write', 'hset hmset hsetnx hdel hincrby hSet hSetNX hDel hIncrBy'),
    ...names('write', 'lpush rpush lpop rpop lrem ltrim lPush rPush lPop rPop lRem lTrim'),
    ...names('write', 'sadd srem spop sAdd sRem sPop zadd zrem zincrby zAdd zRem zIncrBy'),
    ...names('publish', 'publish spublish sPublish xadd xAdd'),
    ...names('raw', 'eval evalsha evalSha call sendCommand'),
    ...names('manage', 'flushall flushdb flushAll flushDb connect disconnect quit close destroy subscribe psubscribe'),
  },
  leads: {
    duplicate: { role: 'client' },
    connect: { role: 'client' },
    on: { role: 'client' },
    once: { role: 'client' },
    multi: { role: 'pipeline' },
    pipeline: { role: 'pipeline' },
  },
};

/** Clients of Redis and Valkey. */
export const REDIS_STORE: Library = {
  kind: 'redis',
  packages: ['redis', 'ioredis', '@redis/client', '@valkey/valkey-glide', 'iovalkey', '@upstash/redis'],
  values: {
    'redis#createClient': 'client',
    'redis#createCluster': 'client',
    'redis#createSentinel': 'client',
    'redis#RedisClientType': 'client',
    'redis#RedisClusterType': 'client',
    'redis#RedisClient': 'client',
    '@redis/client#createClient': 'client',
    '@redis/client#RedisClientType': 'client',
    ioredis: 'client',
    'ioredis#Redis': 'client',
    'ioredis#Cluster': 'client',
    'ioredis#Redis.Cluster': 'client',
    'ioredis#Redis.Redis': 'client',
    iovalkey: 'client',
    'iovalkey#Redis': 'client',
    'iovalkey#Valkey': 'client',
    '@upstash/redis#Redis': 'client',
    '@upstash/redis#Redis.fromEnv': 'client',
    '@valkey/valkey-glide#GlideClient': 'client',
    '@valkey/valkey-glide#GlideClient.createClient': 'client',
    '@valkey/valkey-glide#GlideClusterClient': 'client',
  },
  roles: { client: REDIS, pipeline: { calls: { exec: 'write' }, others: { role: 'pipeline' } } },
  close: ['quit', 'disconnect', 'close', 'destroy'],
  shape: {
    // What wraps a client has methods of the same names.
    name: /^(?!\w*(?:Service|Manager|Provider|Helper|Repository|Adapter|Store|Cache|Utils?)$)[\w$]*(?:redis|valkey)/i,
    role: 'client',
    methods: new Set(Object.keys(REDIS.calls)),
  },
};

/** Keyv, a cache over many stores. */
export const KEYV: Library = {
  kind: 'keyv',
  packages: ['keyv', '@keyv/redis'],
  values: { keyv: 'client', 'keyv#Keyv': 'client' },
  roles: {
    client: {
      calls: {
        ...names('read', 'get getMany has hasMany'),
        ...names('write', 'set setMany delete deleteMany clear'),
        ...names('manage', 'disconnect'),
      },
    },
  },
  close: ['disconnect'],
};
