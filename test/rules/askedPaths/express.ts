import { type Bodies, shapes } from './shape.ts';

const put = (body: string) => `import express from 'express';
const app = express();
app.get('/berths', (req, res) => { res.json([]); });
${body}
${/listen\(/.test(body) ? '' : 'app.listen(3000);'}
`;

const answering = (condition: string) => `app.use((req, res, next) => {
  if (${condition}) { res.end('ok'); return; }
  next();
});`;

const silent: Bodies = {
  'begins with half a word': answering(`req.path.startsWith('/heal')`),
  'holds half a word': answering(`req.url.includes('heal')`),
  'ends with half a word': answering(`req.path.endsWith('alth')`),
  'a pattern': answering(`/^\\/h.*h$/.test(req.path)`),
  'matches a pattern': answering(`req.path.match(/h.*th$/)`),
  'an index': answering(`req.originalUrl.indexOf('/hea') === 0`),
  'a part of the path': answering(`req.path.slice(0, 5) === '/heal'`),
  'a length': answering('req.url.length === 7'),
  'a variable of the environment': answering('req.path === process.env.PROBE_PATH'),
  'a setting of another file': [
    `import config from './config.json';\n${answering('req.path === config.probe')}`,
    { files: { 'src/config.json': '{ "probe": "/health" }' } },
  ],
  'a list that is put together': `const probes = ['heal' + 'th'].map((name) => '/' + name);\n${answering('probes.includes(req.path)')}`,
  'a sum': `const base = '/heal';\n${answering("req.path === base + 'th'")}`,
  'a function of another file': [
    `import { isProbe } from './probe.js';\n${answering('isProbe(req)')}`,
    { files: { 'src/probe.ts': `export const isProbe = (req) => req.url.startsWith('/hea');\n` } },
  ],
  'a matcher of a package': [
    `import { minimatch } from 'minimatch';\n${answering(`minimatch(req.path, '/h*')`)}`,
    { packages: ['minimatch'] },
  ],
  'who asks': answering(`req.headers['user-agent']?.startsWith('curl')`),
  'a parsed URL': `app.use((req, res, next) => {
  const { pathname } = new URL(req.url, 'http://quay');
  return pathname.startsWith('/heal') ? res.send('ok') : next();
});`,
  'a destructured URL': `app.use(({ url }, res, next) => {
  if (url.startsWith('/heal')) return res.sendStatus(200);
  next();
});`,
  'a split path': [
    `app.use((req, res, next) => {
  const [, first] = req.path.split('/');
  if (first === 'status') return res.status(200).json({});
  next();
});`,
    { asks: 'http://localhost:3000/status' },
  ],
  'a switch': [
    `app.use((req, res, next) => {
  switch (req.path.slice(1)) {
    case 'ping': res.writeHead(200); res.end(); break;
    default: next();
  }
});`,
    { asks: 'http://localhost:3000/ping' },
  ],
  'a table of answers': `const answers = { health: () => 'ok' };
app.use((req, res, next) => {
  const answer = answers[req.path.slice(1)];
  return answer ? res.send(answer()) : next();
});`,
  'middleware of another file': [
    `import { alive } from './alive.js';\napp.use(alive);`,
    {
      files: {
        'src/alive.ts': `export function alive(req, res, next) {\n  if (req.path.startsWith('/heal')) return res.send('ok');\n  next();\n}\n`,
      },
    },
  ],
  'middleware that is made': [
    `import { alive } from './alive.js';\napp.use(alive('heal'));`,
    {
      files: {
        'src/alive.ts':
          'export const alive = (start) => (req, res, next) => (req.path.slice(1).startsWith(start) ? res.send("ok") : next());\n',
      },
    },
  ],
  'a response that goes elsewhere': [
    `import httpProxy from 'http-proxy';
const proxy = httpProxy.createProxyServer({});
app.use((req, res, next) => {
  if (req.headers['x-tenant']) return next();
  proxy.web(req, res, { target: 'http://upstream' });
});`,
    { packages: ['http-proxy'] },
  ],
  'an answer from elsewhere': `app.use(async (req, res, next) => {
  const answer = await fetch('http://upstream' + req.url);
  if (answer.status === 404) return next();
  res.send(await answer.text());
});`,
  'a proxy': [
    `import { createProxyMiddleware } from 'http-proxy-middleware';\napp.use(createProxyMiddleware({ target: 'http://upstream' }));`,
    { packages: ['http-proxy-middleware'] },
  ],
  files: `app.use(express.static('public'));`,
  'files of a package': [`import sirv from 'sirv';\napp.use(sirv('public'));`, { packages: ['sirv'] }],
  'a parameter': `app.get('/:page', (req, res) => { res.send(req.params.page); });`,
  'a route of a pattern': `app.get(/^\\/h/, (req, res) => { res.send('ok'); });`,
  'all paths': `app.all('/*splat', (req, res) => { res.send('ok'); });`,
  'what is left': `app.use((req, res) => { res.send('hello'); });`,
  'a prefix of the environment': `const router = express.Router();
router.get('/health', (req, res) => { res.send('ok'); });
app.use(process.env.BASE_PATH ?? '/api', router);`,
  'a replaced handler': `const handle = app.handle.bind(app);
app.handle = (req, res, next) => { if (req.url.length === 7) res.end('ok'); else handle(req, res, next); };`,
  'a server around it': `import http from 'node:http';
http.createServer((req, res) => { if (req.url.startsWith('/heal')) res.end('ok'); else app(req, res); }).listen(3000);`,
  'another server': `import http from 'node:http';
app.listen(8080);
http.createServer((req, res) => { res.end('ok'); }).listen(3000);`,
  'a package that listens': [
    `import { startMetrics } from '@acme/ops';\napp.listen(8080);\nstartMetrics({ port: 3000 });`,
    { packages: ['@acme/ops'] },
  ],
  'a package for checks that listens': [
    `import { createLightship } from 'lightship';\nconst ship = await createLightship();\napp.listen(8080);`,
    { packages: ['lightship'], asks: 'http://localhost:9000/health' },
  ],
  'another program': [
    `import { spawn } from 'node:child_process';\nspawn('python3', ['api.py']);`,
    { asks: 'http://localhost:8000/health' },
  ],
  'a thread': [
    `import { Worker } from 'node:worker_threads';\nnew Worker(new URL('./ops.js', import.meta.url));`,
    { asks: 'http://localhost:9000/health' },
  ],
  'what a package puts beside it': [
    `import { metrics } from '@acme/metrics';\nmetrics();`,
    { packages: ['@acme/metrics'], asks: 'http://localhost:9464/metrics' },
  ],
  'a package for checks': [
    `import actuator from 'express-actuator';\napp.use(actuator());`,
    { packages: ['express-actuator'], asks: 'http://localhost:3000/actuator/health' },
  ],
};

const reported: Bodies = {
  'nothing else': '',
  'a logger': `app.use((req, res, next) => { console.log(req.url); res.on('finish', () => console.log(res.statusCode)); next(); });`,
  'headers for a path': `app.use((req, res, next) => { if (req.path.startsWith('/heal')) res.set('x-quay', '1'); next(); });`,
  maintenance: `app.use((req, res, next) => { if (process.env.CLOSED) { res.status(503).end(); return; } next(); });`,
  'a login for all paths but some': `const open = ['/login'];
app.use((req, res, next) => {
  if (open.some((path) => req.path.startsWith(path))) return next();
  if (!req.headers.authorization) return res.status(401).json({ error: 'who are you?' });
  next();
});`,
  'a refusal by a name': `import { StatusCodes } from 'http-status-codes';
app.use((req, res, next) => { if (!req.ip) return res.status(StatusCodes.FORBIDDEN).end(); next(); });`,
  'a refusal by a function': `app.use((req, res, next) => { if (!req.ip) return sendError(res, 403); next(); });
function sendError(res, status) { res.status(status).end(); }`,
  'questions of browsers': `app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', 'https://quay.example');
  if (req.method === 'OPTIONS') return res.sendStatus(204);
  next();
});`,
  'what is left is missing': `app.use((req, res) => { res.status(404).send('none'); });`,
  'files elsewhere': `app.use('/assets', express.static('public'));`,
  'a prefix': `const router = express.Router();
router.get('/health', (req, res) => { res.send('ok'); });
app.use('/api/v1', router);`,
  'another method': `app.post('/health', (req, res) => { res.end(); });`,
  'another port': ['app.set("x", 1);', { asks: 'http://localhost:9000/health' }],
};

/** Services of Express whose check may be answered. */
export const answeredByExpress = shapes('Express', silent, put);
/** Services of Express whose check is not answered. */
export const unansweredByExpress = shapes('Express', reported, put);
