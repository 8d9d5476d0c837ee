import { manifests, variantsOf } from './scenario.ts';

/** Workers of BullMQ beside the service that fills their queue, and a test that opens it. */
export const workers = variantsOf({
  'src/server.ts': [
    "import express from 'express';\nimport { mails } from './queue';\nconst app = express();\napp.post('/mails', async (req, res) => {\n  await mails.add('send', req.body);\n  res.sendStatus(202);\n});\napp.listen(3000);\n",
    "import express from 'express';\nimport { createBullBoard } from '@bull-board/api';\nimport { mails } from './queue';\nimport { close } from './end';\nconst app = express();\napp.post('/mails', (req, res) => {\n  mails.add('send', req.body);\n  res.sendStatus(202);\n});\nconst server = app.listen(3000);\nclose(server);\n",
  ],
  'src/queue.ts': [
    "import { Queue } from 'bullmq';\nexport const mails = new Queue('mails', { connection: { host: process.env.REDIS_HOST } });\n",
    "import { Queue } from 'bullmq';\nimport { connection } from './redis';\nexport const mails = new Queue('mails', { connection });\n",
  ],
  'src/redis.ts': [
    "import Redis from 'ioredis';\nexport const connection = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null });\n",
    'export const connection = { host: process.env.REDIS_HOST };\n',
  ],
  'src/worker.ts': [
    "import { Worker } from 'bullmq';\nimport { send } from './send';\nconst worker = new Worker('mails', async (job) => send(job.data), { connection: { host: 'redis' } });\nworker.on('failed', (job, error) => console.error(error));\n",
    "import { Worker } from 'bullmq';\nimport { send } from './send';\nexport const worker = new Worker('mails', (job) => send(job.data), { connection: { host: 'redis' } });\nprocess.on('SIGTERM', async () => {\n  await worker.close();\n  process.exit(0);\n});\n",
  ],
  'src/send.ts': [
    "import axios from 'axios';\nexport async function send(mail) {\n  await axios.post(process.env.MAIL_URL, mail);\n}\n",
    "import axios from 'axios';\nexport const send = (mail) => axios.post(process.env.MAIL_URL, mail, { timeout: 1000 });\n",
  ],
  'src/end.ts': [
    "export function close(server) {\n  process.on('SIGTERM', () => server.close());\n}\n",
    'export const close = (server) => server;\n',
  ],
  'test/queue.test.ts': [
    "import { mails } from '../src/queue';\ntest('adds', async () => {\n  await mails.add('send', {});\n});\n",
    "import { mails } from '../src/queue';\nafterAll(() => mails.close());\ntest('adds', async () => {\n  await mails.add('send', {});\n});\n",
  ],
  '.env.example': ['REDIS_HOST=\n', 'REDIS_HOST=\nREDIS_URL=\nMAIL_URL=\n'],
  'package.json': manifests('mailer', { bullmq: '^5.0.0', ioredis: '^5.0.0', express: '^5.0.0', axios: '^1.0.0' }),
});
