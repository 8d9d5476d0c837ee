import type { DataNode, DataObject } from '#api';
import { type PackageEntries, packageEntries } from './packageEntries.ts';

/** What a package.json says about the package: enough to tell a service from other programs. */
export interface PackageFacts {
  readonly name: string | undefined;
  readonly isModule: boolean;
  readonly hasZod: boolean;
  /** Names of all it depends on, in development too. */
  readonly dependencies: readonly string[];
  /** What it depends on for development alone. */
  readonly forDevelopment: readonly string[];
  /** Where others find what they import of it. */
  readonly entries: PackageEntries;
  /** Others can import it. */
  readonly isPublished: boolean;
  readonly isPrivate: boolean;
  /** A script runs it, rather than building or watching it. */
  readonly isStarted: boolean;
  /** Such a script needs no tool that compiles on the way: it works where development dependencies are left out. */
  readonly startsInstalled: boolean;
  /** Files that only scripts for other purposes run: building, migrating, checking. */
  readonly tools: readonly string[];
  /** It installs a command. */
  readonly hasCommand: boolean;
  /** What the scripts start is the command that others install. */
  readonly startsCommand: boolean;
  /** Depends on what serves requests, talks to a database, or works on a queue. */
  readonly hasServer: boolean;
  /** Depends on a library that draws in the browser. */
  readonly hasInterface: boolean;
  /** Components run on the server as well. */
  readonly rendersOnServer: boolean;
  /** Holds the configuration of a linter. */
  readonly configuresLinter: boolean;
  /** Runs on people's own machines: Electron, Tauri, extensions of editors. */
  readonly isDesktop: boolean;
}

const SERVERS = new Set(
  (
    'express fastify koa hono @hono/node-server @nestjs/core @hapi/hapi restify polka h3 nitropack next nuxt astro ' +
    '@remix-run/node @remix-run/server-runtime @react-router/node @sveltejs/kit @solidjs/start @analogjs/platform ' +
    'apollo-server @apollo/server graphql-yoga mercurius socket.io ws elysia @trpc/server @adonisjs/core @feathersjs/feathers ' +
    '@strapi/strapi payload @medusajs/medusa moleculer bullmq bull amqplib kafkajs pg postgres mysql mysql2 mongodb mongoose ' +
    'redis ioredis knex sequelize typeorm drizzle-orm @prisma/client kysely @mikro-orm/core better-sqlite3 sqlite3 ' +
    'discord.js telegraf grammy @slack/bolt puppeteer playwright jsdom aws-lambda @azure/functions firebase-functions inngest'
  ).split(' '),
);

const INTERFACES = new Set(
  'react-dom vue svelte @angular/core solid-js preact lit @builder.io/qwik jquery react-native expo'.split(' '),
);

/** Frameworks that run components on the server. */
export const RENDERING =
  /^(?:next|nuxt|astro|gatsby|@remix-run\/.*|@react-router\/.*|@sveltejs\/kit|@solidjs\/start|@analogjs\/platform|@react-email\/.*|react-email|hono|elysia|vike|waku)$/;

/** What builds or runs programs for people's own machines. */
const DESKTOP =
  /^(?:electron(?:-builder|-forge|-nightly|-vite)?|@electron-forge\/.*|@tauri-apps\/.*|@neutralinojs\/.*|nw)$/;

const RUNS =
  /\b(?:node|nodemon|ts-node(?:-dev)?|tsx|bun|deno|nest|next|nuxt|nuxi|remix|pm2|forever|fastify|micro|strapi|medusa|directus|wrangler|serverless|sls|functions-framework|react-router-serve|astro)\b/;

const BUILDS =
  /\b(?:tsc|tsup|tsdown|rollup|tsdx|unbuild|microbundle|babel|swc|esbuild|esr|storybook|playwright|vitest|jest|mocha|react-scripts|react-app-rewired|parcel|webpack|vite|http-server|live-server|ng)\b/;

/** A file that a command runs: `node tools/seed.js`, `tsx ./migrate.ts`. */
const SCRIPT_FILE =
  /\b(?:node|nodemon|ts-node(?:-dev)?|tsx|bun|deno run)\s+(?:-\S+\s+)*(?:\.\/)?([\w./@-]+\.[cm]?[jt]s)\b/g;

/** Reads a package.json. */
export function packageFacts(root: DataObject): PackageFacts {
  const scripts = section(root, 'scripts');
  const runtime = new Set([...section(root, 'dependencies').keys(), ...section(root, 'optionalDependencies').keys()]);
  const all = new Set([
    ...runtime,
    ...section(root, 'devDependencies').keys(),
    ...section(root, 'peerDependencies').keys(),
  ]);
  const isPrivate = scalar(root, 'private');
  return {
    name: text(scalar(root, 'name')),
    isModule: scalar(root, 'type') === 'module',
    hasZod: runtime.has('zod'),
    dependencies: [...all].sort(),
    forDevelopment: [...section(root, 'devDependencies').keys()].filter((name) => !runtime.has(name)).sort(),
    entries: packageEntries(root),
    isPublished: ['main', 'module', 'exports', 'types', 'typings', 'bin'].some((key) => has(root, key)),
    isPrivate: isPrivate === true || isPrivate === 'true',
    isStarted: [...scripts.keys()].some((name) => isStarting(name, scripts)),
    startsInstalled: startsInstalled(scripts),
    tools: toolsIn(scripts),
    hasCommand: has(root, 'bin'),
    startsCommand: startsCommand(root, scripts),
    hasServer: [...runtime].some((name) => SERVERS.has(name)),
    hasInterface: [...all].some((name) => INTERFACES.has(name)),
    rendersOnServer: [...all].some((name) => RENDERING.test(name)),
    configuresLinter: ['eslintConfig', 'xo', 'standard'].some((key) => has(root, key)),
    isDesktop: [...all].some((name) => DESKTOP.test(name)) || section(root, 'engines').has('vscode'),
  };
}

/** `start`, `dev` and their variants, when they run something. */
function isStarting(name: string, scripts: ReadonlyMap<string, string>): boolean {
  const kind = /^(start|dev|develop|serve|server|worker)(?![a-z])/.exec(name)?.[1];
  if (kind === undefined || /test|storybook/.test(name)) return false;
  const command = followed(scripts.get(name) ?? '', scripts);
  if (BUILDS.test(command)) return false;
  return kind === 'start' ? command !== '' : RUNS.test(command);
}

/** What runs sources as they are, or again when they change. */
const FOR_WORK = /\b(?:tsx|ts-node(?:-dev)?|tsnd|nodemon|babel-node|vite-node|esr|esno|jiti|swc-node)\b/;

function startsInstalled(scripts: ReadonlyMap<string, string>): boolean {
  return [...scripts].some(
    ([name, command]) =>
      isStarting(name, scripts) && !/dev|watch|local/.test(name) && !FOR_WORK.test(followed(command, scripts)),
  );
}

/** Whether a script that starts something runs a file of `bin`. */
function startsCommand(root: DataObject, scripts: ReadonlyMap<string, string>): boolean {
  const files = [text(scalar(root, 'bin')), ...section(root, 'bin').values()].flatMap((file) => file ?? []);
  const bare = files.map((file) => file.replace(/^\.\//, ''));
  return [...scripts].some(
    ([name, command]) => isStarting(name, scripts) && bare.some((file) => command.includes(file)),
  );
}

/** Files that scripts name and none that starts the program does. */
function toolsIn(scripts: ReadonlyMap<string, string>): readonly string[] {
  const started = new Set<string>();
  const tools = new Set<string>();
  for (const [name, command] of scripts) {
    const runs = /^(?:start|dev|develop|serve|server|worker|main)(?![a-z])/.test(name);
    for (const [, file] of command.matchAll(SCRIPT_FILE)) if (file !== undefined) (runs ? started : tools).add(file);
  }
  return [...tools].filter((file) => !started.has(file)).sort();
}

/** `npm run other` as what the other script does. */
function followed(command: string, scripts: ReadonlyMap<string, string>, steps = 0): string {
  const name = /^(?:npm|pnpm|yarn|bun)(?: run)? ([\w:.-]+)$/.exec(command.trim())?.[1];
  const target = name === undefined ? undefined : scripts.get(name);
  return target === undefined || steps > 4 ? command : followed(target, scripts, steps + 1);
}

function entry(object: DataObject, key: string): DataNode | undefined {
  return object.entries.find((candidate) => candidate.key === key)?.value;
}

function has(object: DataObject, key: string): boolean {
  return entry(object, key) !== undefined;
}

function scalar(object: DataObject, key: string): unknown {
  const value = entry(object, key);
  return value?.kind === 'scalar' ? value.value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An object of strings, like `scripts`; empty for anything else. */
function section(root: DataObject, key: string): ReadonlyMap<string, string> {
  const value = entry(root, key);
  if (value?.kind !== 'object') return new Map();
  return new Map(
    value.entries.map((item) => [item.key, item.value?.kind === 'scalar' ? String(item.value.value) : '']),
  );
}
