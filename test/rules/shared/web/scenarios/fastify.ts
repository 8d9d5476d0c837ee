import { manifests, variantsOf } from './scenario.ts';

/** A service of Fastify: plugins with prefixes, plugins that share, folders that are loaded. */
export const fastify = variantsOf({
  'src/server.ts': [
    "import Fastify from 'fastify';\nimport { api } from './api';\nimport door from './door';\nconst app = Fastify();\napp.register(door);\napp.register(api, { prefix: '/api' });\napp.listen({ port: 3000 });\n",
    "import Fastify from 'fastify';\nimport { api } from './api';\nimport { BASE } from './paths';\nconst app = Fastify();\napp.register(api, { prefix: BASE });\napp.listen({ port: 3000 });\n",
    "import path from 'node:path';\nimport autoload from '@fastify/autoload';\nimport Fastify from 'fastify';\nimport door from './door';\nconst app = Fastify();\napp.register(door);\napp.register(autoload, { dir: path.join(import.meta.dirname, 'routes'), autoHooks: true });\napp.listen({ port: 3000 });\n",
    "import autoload from '@fastify/autoload';\nimport Fastify from 'fastify';\nconst app = Fastify();\napp.register(autoload, { dir: process.env.ROUTES });\napp.listen({ port: 3000 });\n",
  ],
  'src/api.ts': [
    "import boats from './routes/boats/index';\nexport async function api(instance) {\n  instance.register(boats, { prefix: '/boats' });\n  instance.post('/login', async () => ({}));\n}\n",
    "import boats from './routes/boats/index';\nexport const api = async (instance) => {\n  instance.addHook('onRequest', instance.authenticate);\n  instance.register(boats);\n};\n",
  ],
  'src/door.ts': [
    "import fp from 'fastify-plugin';\nimport limit from '@fastify/rate-limit';\nexport default fp(async (instance) => {\n  await instance.register(limit, { max: 9 });\n  instance.addHook('onRequest', async (request, reply) => {\n    if (request.headers.authorization !== process.env.KEY) reply.code(401).send();\n  });\n});\n",
    "export default async (instance) => {\n  instance.addHook('onRequest', async (request, reply) => {\n    if (request.headers.authorization !== process.env.KEY) reply.code(401).send();\n  });\n};\n",
    "import helmet from '@fastify/helmet';\nimport fp from 'fastify-plugin';\nasync function door(instance) {\n  instance.register(helmet);\n}\nexport default fp(door, { name: 'door' });\n",
  ],
  'src/routes/boats/index.ts': [
    "export default async function boats(instance) {\n  instance.get('/', async () => []);\n  instance.delete('/:id', { preHandler: [instance.authenticate] }, async () => ({}));\n  instance.post('/', async () => ({}));\n}\n",
    "export const autoPrefix = '/ships';\nexport default async (instance) => {\n  instance.route({ method: 'PUT', url: '/:id', handler: async () => ({}) });\n  instance.get('/health', async () => ({}));\n};\n",
  ],
  'src/routes/boats/autohooks.ts': [
    "export default async (instance) => {\n  instance.addHook('preHandler', instance.authenticate);\n};\n",
    'export default async (instance) => {};\n',
  ],
  'src/routes/boats/other.ts': [
    "export default async (instance) => {\n  instance.post('/other', async () => ({}));\n};\n",
  ],
  'src/paths.ts': ["export const BASE = '/v1';\n", 'export const BASE = process.env.BASE;\n'],
  'package.json': manifests('ferry', { fastify: '^5.0.0', 'fastify-plugin': '^5.0.0', '@fastify/autoload': '^6.0.0' }),
});
