import type { FileHeader } from '#api';
import { FOLDERS, inFolders } from '../places.ts';

/** Packages that only a server, a worker or a bot has. */
const SERVER_PACKAGES = [
  'express',
  'fastify',
  'koa',
  'hono',
  '@hono/node-server',
  '@nestjs/core',
  '@hapi/hapi',
  'restify',
  'polka',
  'socket.io',
  'ws',
  'apollo-server',
  'apollo-server-express',
  '@apollo/server',
  'graphql-yoga',
  'bullmq',
  'bull',
  'amqplib',
  'kafkajs',
  'discord.js',
  'telegraf',
  '@sveltejs/kit',
  'nitropack',
  'firebase-functions',
] as const;

/** Packages of what runs in a browser. */
const BROWSER_PACKAGES = [
  'react',
  'react-dom',
  'vue',
  'svelte',
  '@angular/core',
  'preact',
  'solid-js',
  'jquery',
  'next',
  'lit',
] as const;

/** Modules that a file in a browser does not import. */
const NODE_MODULE =
  /^(?:fs|fs\/promises|path|http|https|http2|net|os|child_process|cluster|worker_threads|stream|dns|tls|zlib|async_hooks)$/;

/** Folders of code that somebody runs by hand and watches, or that serves other code's development. */
const NO_SERVICE = inFolders(
  FOLDERS.scripts,
  FOLDERS.tools,
  FOLDERS.database,
  FOLDERS.demos,
  FOLDERS.docs,
  FOLDERS.benchmarks,
  FOLDERS.browserTests,
  FOLDERS.standIns,
  FOLDERS.assets,
  'client|frontend|web|www|wwwroot|browser',
);

/** Runs in browsers, between pages and the network: `service-worker.js`, `sw.ts`. */
const SERVICE_WORKER = /(?:^|\/)(?:service[-_]?worker[\w.-]*|sw)\.[cm]?[jt]s$/i;

/** Places where frameworks for both sides keep what runs on the server. */
const SERVER_PATH =
  /(?:^|\/)(?:pages\/api|server|api|app\/(?:.*\/)?api)\/|\/route\.[jt]s$|\+server\.[jt]s$|\.server\.[jt]s$/;

/**
 * Whether a file runs in a service that stays up, as far as its path, its imports and the packages around it tell; in a
 * browser the user goes away, and a script is stopped by whoever started it.
 */
export function isServerFile(header: FileHeader): boolean {
  const path = header.localPath;
  if (/\.[jt]sx$|\.config\.[cm]?[jt]s$/.test(path) || NO_SERVICE.test(path) || SERVICE_WORKER.test(path)) return false;
  if (SERVER_PACKAGES.some((name) => header.modules.has(name))) return true;
  if (BROWSER_PACKAGES.some((name) => header.modules.has(name))) return false;
  if (SERVER_PACKAGES.every((name) => header.dependency(name) === undefined)) {
    return header.dependency('next') !== undefined && SERVER_PATH.test(path);
  }
  if (BROWSER_PACKAGES.every((name) => header.dependency(name) === undefined)) return true;
  return SERVER_PATH.test(path) || [...header.modules].some((module) => NODE_MODULE.test(module));
}

/** Whether a file imports what only pages have, and nothing that only servers have. */
export function importsForPages({ modules }: FileHeader): boolean {
  return (
    BROWSER_PACKAGES.some((name) => name !== 'next' && modules.has(name)) &&
    !SERVER_PACKAGES.some((name) => modules.has(name))
  );
}

/**
 * Whether a file runs in a page: by its extension, by what it imports, or because the packages around it make pages and
 * nothing in the file needs Node.js.
 */
export function isPageFile({ localPath, modules, dependency }: FileHeader): boolean {
  if (/\.(?:[jt]sx|vue|svelte)$/.test(localPath)) return true;
  if (BROWSER_PACKAGES.some((name) => name !== 'next' && modules.has(name))) return true;
  if (modules.has('electron') || SERVER_PACKAGES.some((name) => modules.has(name))) return false;
  if (SERVER_PATH.test(localPath) || [...modules].some((module) => NODE_MODULE.test(module))) return false;
  return BROWSER_PACKAGES.some((name) => dependency(name) !== undefined);
}
