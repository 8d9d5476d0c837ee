/** Packages whose default export or namespace is a logger itself: `consola.info(…)`, `winston.error(…)`. */
const LOGGER_MODULES = new Set([
  'winston',
  'consola',
  'signale',
  'loglevel',
  'npmlog',
  'proc-log',
  'electron-log',
  'electron-log/main',
  'electron-log/renderer',
  'electron-log/node',
  'firebase-functions/logger',
  'lambda-log',
  'roarr',
]);

/** Exports of packages that are loggers; the static methods of Nest's `Logger` write as well. */
const LOGGER_EXPORTS = new Set([
  'consola#consola',
  '@nestjs/common#Logger',
  'firebase-functions#logger',
  '@sentry/node#logger',
  'proc-log#log',
  'roarr#Roarr',
  'roarr#default',
]);

/** Functions and classes that make a logger. */
const LOGGER_MAKERS = new Set([
  'pino',
  'pino#pino',
  'winston#createLogger',
  'winston#Logger',
  'winston#loggers.get',
  'winston#loggers.add',
  'winston#child',
  'bunyan',
  'bunyan#createLogger',
  'log4js#getLogger',
  'loglevel#getLogger',
  'consola#create',
  'consola#createConsola',
  'signale#Signale',
  'debug',
  'debug#debug',
  'tslog#Logger',
  'lambda-log#LambdaLog',
  'electron-log#create',
  '@nestjs/common#Logger',
  '@nestjs/common#ConsoleLogger',
  'nestjs-pino#PinoLogger',
  'nestjs-pino#Logger',
  '@aws-lambda-powertools/logger#Logger',
  '@google-cloud/logging#Logging',
]);

/** Methods of a logger that answer with another one. */
const CHILD_METHODS = new Set([
  'child',
  'extend',
  'getSubLogger',
  'withTag',
  'withScope',
  'scope',
  'getLogger',
  'appendKeys',
]);

/** Names of types that are loggers whatever package they come from. */
const LOGGER_TYPE =
  /^I?(?:[A-Z]\w*)?(?:Logger|Logging|Log)(?:Service|Instance|Interface|Like|Type)?$|^ConsolaInstance$|^Signale$|^Debugger$/;

/** Whether a reference, as `FileHeader.resolve` gives it, is a logger of a package. */
export function isPackageLogger(reference: string): boolean {
  return LOGGER_MODULES.has(reference) || LOGGER_EXPORTS.has(reference);
}

/** Whether what a reference names makes a logger when called, with or without `new`. */
export function makesLogger(reference: string): boolean {
  return LOGGER_MAKERS.has(reference);
}

/** Whether a type of this name is that of a logger. */
export function isLoggerType(name: string): boolean {
  return LOGGER_TYPE.test(name);
}

/** Whether a method of a logger gives another logger: `child`. */
export function makesChild(method: string): boolean {
  return CHILD_METHODS.has(method);
}
