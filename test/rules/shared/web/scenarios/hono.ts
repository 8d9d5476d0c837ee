import { manifests, variantsOf } from './scenario.ts';

/** A service of Hono: applications mounted in others, base paths, middleware by path. */
export const hono = variantsOf({
  'src/index.ts': [
    "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\nimport { boats } from './boats';\nconst app = new Hono();\napp.route('/boats', boats);\napp.post('/login', (c) => c.text('in'));\nserve(app);\n",
    "import { Hono } from 'hono';\nimport { secureHeaders } from 'hono/secure-headers';\nimport { boats } from './boats';\nimport { crew } from './crew';\nconst app = new Hono().basePath('/api');\napp.use(secureHeaders());\napp.route('/boats', boats);\napp.route('/crew', crew);\nexport default app;\n",
    "import { Hono } from 'hono';\nimport { jwt } from 'hono/jwt';\nimport { boats } from './boats';\nconst app = new Hono();\napp.use('/boats/*', jwt({ secret: process.env.KEY }));\napp.route('/boats', boats);\nexport { app };\n",
  ],
  'src/boats.ts': [
    "import { Hono } from 'hono';\nimport { crew } from './crew';\nexport const boats = new Hono();\nboats.get('/', (c) => c.json([]));\nboats.delete('/:id', (c) => c.body(null));\nboats.route('/crew', crew);\n",
    "import { Hono } from 'hono';\nimport { known } from './door';\nexport const boats = new Hono().basePath('/v2').post('/', known, (c) => c.json({})).put('/:id', (c) => c.json({}));\n",
  ],
  'src/crew.ts': [
    "import { Hono } from 'hono';\nconst app = new Hono();\napp.post('/', (c) => c.json({}));\nexport { app as crew };\n",
    "import { Hono } from 'hono';\nimport { boats } from './boats';\nexport const crew = new Hono();\ncrew.route('/boats', boats);\ncrew.get('/healthz', (c) => c.text('up'));\n",
  ],
  'src/door.ts': [
    "export const known = async (c, next) => {\n  if (c.req.header('authorization') !== process.env.KEY) return c.text('no', 401);\n  await next();\n};\n",
    "export { requireUser as known } from '@company/door';\n",
  ],
  'package.json': manifests('canoe', { hono: '^4.0.0', '@hono/node-server': '^1.0.0' }),
});
