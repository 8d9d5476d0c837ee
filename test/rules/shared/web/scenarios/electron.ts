import { variantsOf } from './scenario.ts';

const manifest = (more: object) =>
  `${JSON.stringify({ name: 'chart', private: true, main: 'src/main.ts', ...more })}\n`;

/** A program for people's own machines whose main process serves its window, and a package that it is built from. */
export const electron = variantsOf({
  'src/main.ts': [
    "import { app, BrowserWindow, ipcMain } from 'electron';\nimport { serve } from './serve';\nipcMain.handle('save', (event, path, text) => save(path, text));\napp.whenReady().then(() => {\n  serve();\n  new BrowserWindow({ webPreferences: { preload: 'preload.js' } }).loadURL('http://localhost:3000');\n});\n",
    "import { app, BrowserWindow } from 'electron';\napp.whenReady().then(() => new BrowserWindow().loadFile('index.html'));\n",
  ],
  'src/serve.ts': [
    "import express from 'express';\nimport { charts } from '@chart/server';\nexport function serve() {\n  const app = express();\n  app.use('/charts', charts);\n  app.listen(3000, '127.0.0.1');\n}\n",
    "import express from 'express';\nexport const serve = () => {\n  const app = express();\n  app.post('/charts', (req, res) => res.json({}));\n  app.listen(3000);\n};\n",
  ],
  'src/preload.ts': [
    "import { contextBridge, ipcRenderer } from 'electron';\ncontextBridge.exposeInMainWorld('chart', { save: (path, text) => ipcRenderer.invoke('save', path, text) });\n",
    "window.chart = require('electron').ipcRenderer;\n",
  ],
  'server/index.ts': [
    "import express from 'express';\nconst app = express();\nexport const charts = express.Router();\ncharts.post('/', (req, res) => res.json({}));\napp.use('/charts', charts);\napp.listen(4000);\n",
    "import { Router } from 'express';\nexport const charts = Router();\ncharts.get('/', (req, res) => res.json([]));\n",
  ],
  'server/package.json': [
    '{ "name": "@chart/server", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "^5.0.0" } }\n',
    '{ "name": "@chart/other", "version": "1.0.0", "dependencies": { "express": "^5.0.0" } }\n',
  ],
  'package.json': [
    manifest({ dependencies: { express: '^5.0.0', '@chart/server': '*' }, devDependencies: { electron: '^33.0.0' } }),
    manifest({ scripts: { start: 'node .' }, dependencies: { express: '^5.0.0' } }),
  ],
});
