import { manifests, variantsOf } from './scenario.ts';

/** An application beside socket.io and ws, whose doors stand in files of their own. */
export const sockets = variantsOf({
  'src/index.ts': [
    "import http from 'node:http';\nimport { app } from './app';\nimport { attach } from './sockets';\nconst server = http.createServer(app);\nattach(server);\nserver.listen(3000);\n",
    "import { app } from './app';\nimport { attach } from './sockets';\nconst server = app.listen(3000);\nattach(server);\n",
    "import http from 'node:http';\nimport { app } from './app';\nhttp.createServer(app).listen(3000);\n",
  ],
  'src/app.ts': [
    "import express from 'express';\nexport const app = express();\napp.get('/boats', (req, res) => res.json([]));\n",
    "import express from 'express';\nimport { known } from './door';\nexport const app = express();\napp.use(known);\napp.post('/boats', (req, res) => res.json([]));\n",
  ],
  'src/sockets.ts': [
    "import { Server } from 'socket.io';\nimport { onBoat } from './boats';\nexport function attach(server) {\n  const io = new Server(server);\n  io.on('connection', onBoat);\n}\n",
    "import { Server } from 'socket.io';\nimport { known } from './door';\nimport { onBoat } from './boats';\nexport function attach(server) {\n  const io = new Server(server, { cors: { origin: '*' } });\n  io.use(known);\n  io.on('connection', onBoat);\n}\n",
    "import { WebSocketServer } from 'ws';\nimport { onBoat } from './boats';\nimport { options } from './door';\nexport const attach = (server) => {\n  const wss = new WebSocketServer({ server, ...options });\n  wss.on('connection', onBoat);\n};\n",
    "import { WebSocketServer } from 'ws';\nimport { onBoat } from './boats';\nexport const attach = (server) => {\n  const wss = new WebSocketServer({ server });\n  wss.on('connection', onBoat);\n};\n",
  ],
  'src/door.ts': [
    "export const known = (socket, next) => {\n  if (socket.handshake.auth.token === process.env.KEY) next();\n  else next(new Error('no'));\n};\nexport const options = { verifyClient: () => true };\n",
    'export const known = (socket, next) => {\n  socket.data.name = socket.handshake.query.name;\n  next();\n};\nexport const options = {};\n',
    "export { known } from '@company/door';\nexport const options = {};\n",
  ],
  'src/boats.ts': [
    "export function onBoat(socket) {\n  socket.on('message', (text) => socket.send(text));\n}\n",
    "import { verify } from 'jsonwebtoken';\nexport function onBoat(socket, request) {\n  verify(request.headers.authorization, process.env.KEY);\n  socket.on('message', (text) => socket.send(text));\n}\n",
  ],
  'package.json': manifests('harbour', {
    express: '^5.0.0',
    'socket.io': '^4.0.0',
    ws: '^8.0.0',
    jsonwebtoken: '^9.0.0',
  }),
});
