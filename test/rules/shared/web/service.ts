import { root } from '../../../engine/workspaceKit.ts';

const index = `${root}/src/index.ts`;
const app = `${root}/src/app.ts`;
const loader = `${root}/src/loaders.ts`;
const barrel = `${root}/src/middleware/index.ts`;
const protection = `${root}/src/middleware/protection.ts`;
const limits = `${root}/src/middleware/limits.ts`;
const errors = `${root}/src/middleware/errors.ts`;
const boats = `${root}/src/routes/boats.ts`;
const session = `${root}/src/routes/session.js`;
const packageJson = `${root}/package.json`;

/** Texts that each file of a small service may have: with and without what its rules look for, and linked differently. */
export const variants: ReadonlyMap<string, readonly [string, ...string[]]> = new Map([
  [
    index,
    [
      "import { createApp } from './app';\ncreateApp().listen(3000);\n",
      "import http from 'node:http';\nimport { createApp } from './app';\nhttp.createServer(createApp()).listen(3000);\n",
      "import { createApp } from './app';\nexport const app = createApp();\n",
    ],
  ],
  [
    app,
    [
      "import express from 'express';\nimport { fill } from './loaders';\nexport function createApp() {\n  const app = express();\n  fill({ app });\n  return app;\n}\n",
      "import express from 'express';\nimport { boats } from './routes/boats';\nimport { onError } from './middleware';\nexport const createApp = () => {\n  const app = express();\n  app.use(onError);\n  app.use('/boats', boats);\n  return app;\n};\n",
      "import express from 'express';\nimport { unknown } from '@company/platform';\nexport function createApp() {\n  const app = express();\n  unknown(app);\n  return app;\n}\n",
    ],
  ],
  [
    loader,
    [
      "import { boats } from './routes/boats';\nimport session from './routes/session';\nimport { limited, onError, protect } from './middleware';\nexport function fill({ app }) {\n  protect(app);\n  app.use('/boats', boats);\n  app.use('/session', limited, session);\n  app.use(onError);\n}\n",
      "import { boats } from './routes/boats';\nimport session from './routes/session';\nexport const fill = ({ app }) => {\n  app.use('/boats', boats);\n  app.use('/session', session);\n};\n",
      "import { boats } from './routes/boats';\nimport { limited, onError } from './middleware';\nexport async function fill({ app }) {\n  app.use(onError);\n  app.use('/boats', boats);\n  await ready();\n  app.use(limited);\n}\n",
    ],
  ],
  [
    barrel,
    [
      "export { protect } from './protection';\nexport * from './limits';\nexport { default as onError } from './errors';\n",
      "export * from './protection';\nexport * from './errors';\n",
    ],
  ],
  [
    protection,
    [
      "import helmet from 'helmet';\nexport function protect(app) {\n  app.use(helmet());\n}\n",
      'export function protect(app) {\n  app.disable("x-powered-by");\n}\n',
      "export const protect = (app) => {\n  app.use((req, res, next) => {\n    res.setHeader('X-Frame-Options', 'DENY');\n    next();\n  });\n};\n",
    ],
  ],
  [
    limits,
    [
      "import rateLimit from 'express-rate-limit';\nexport const limited = rateLimit({ limit: 5 });\n",
      'export const limited = (req, res, next) => next();\n',
      "import { authenticate } from './auth';\nexport const limited = authenticate;\n",
    ],
  ],
  [
    errors,
    [
      'export default function onError(err, req, res, next) {\n  res.status(500).end();\n}\n',
      'export const onError = (err, req, res, next) => {\n  res.status(500).end();\n};\n',
      'export const onError = (req, res, next) => next();\n',
    ],
  ],
  [
    boats,
    [
      "import { Router } from 'express';\nexport const boats = Router();\nboats.get('/', (req, res) => {\n  // body\n  res.json([]);\n});\nboats.post('/', (req, res) => {\n  res.json(req.body);\n});\n",
      "import { Router } from 'express';\nimport { limited } from '../middleware';\nconst router = Router();\nrouter.get('/healthz', (req, res) => res.end());\nrouter.delete('/:id', limited, (req, res) => res.end());\nexport { router as boats };\n",
    ],
  ],
  [
    session,
    [
      "const router = require('express').Router();\nrouter.post('/login', (req, res) => res.end());\nmodule.exports = router;\n",
      "const { Router } = require('express');\nconst { requireUser } = require('../middleware/auth');\nconst router = Router();\nrouter.post('/login', (req, res) => res.end());\nrouter.post('/profile', requireUser, (req, res) => res.end());\nmodule.exports = router;\n",
    ],
  ],
  [
    packageJson,
    [
      '{ "name": "fleet", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "^4.18.0" } }\n',
      '{ "name": "fleet", "version": "1.0.0", "main": "index.js", "dependencies": { "express": "^4.18.0" } }\n',
    ],
  ],
]);

/** The service as it begins: everything is there. */
export const service: ReadonlyMap<string, string> = new Map([...variants].map(([path, [first]]) => [path, first]));
