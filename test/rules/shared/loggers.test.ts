import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ts } from '#engine/ts.ts';
import { logCall } from '#rules/_shared/loggers.ts';
import { every, parsed } from './parsed.ts';

/** Level and sink of the call that a text ends with, from the statement alone and with the whole file in view. */
function judged(text: string): readonly [alone: string, inFile: string] {
  const { file, header, source } = parsed(text);
  const calls = every(file, ts.isCallExpression);
  const end = Math.max(...calls.map((node) => node.end));
  const call = calls.find((node) => node.end === end);
  assert.ok(call, text);
  const word = (found: ReturnType<typeof logCall>) => (found ? `${found.sink} ${found.level}` : '-');
  return [word(logCall(call, header)), word(logCall(call, source.header, source))];
}

const SEEN_ALONE: readonly (readonly [text: string, expected: string])[] = [
  ['console.error(1)', 'console error'],
  ["globalThis.console['warn'](1)", 'console warn'],
  ['import { log } from "node:console"; log(1)', 'console info'],
  ['logger.info(1)', 'logger info'],
  ['this.logger?.warn(1)', 'logger warn'],
  ['req.log.error(1)', 'logger error'],
  ['auditLogger.fatal(1)', 'logger fatal'],
  ['ACCESS_LOG.debug(1)', 'logger debug'],
  ['this._log.verbose(1)', 'logger debug'],
  ['this.log(1)', 'logger info'],
  ['logError(1)', 'logger error'],
  ['helpers.logWarning(1)', 'logger warn'],
  ['getLogger("jobs").info(1)', 'logger info'],
  ['logger.child({ id }).error(1)', 'logger error'],
  ['import winston from "winston"; winston.error(1)', 'logger error'],
  ['import { error } from "winston"; error(1)', 'logger error'],
  ['import { consola as c } from "consola"; c.success(1)', 'logger info'],
  ['import { Logger as L } from "@nestjs/common"; L.warn(1)', 'logger warn'],
  ['import { Logger as L } from "@nestjs/common"; new L("x").warn(1)', 'logger warn'],
  ['import { logger as l } from "./lib/telemetry"; l.warn(1)', 'logger warn'],
  ['import out from "./lib/logger.js"; out.warn(1)', 'logger warn'],
  ['import { warn as say } from "loglevel"; say(1)', 'logger warn'],
  ['import { log } from "./util"; log(1)', 'logger info'],
];

for (const [text, expected] of SEEN_ALONE) {
  test(`writes to a log: ${text}`, () => {
    assert.deepEqual(judged(text), [expected, expected]);
  });
}

const SEEN_IN_FILE: readonly (readonly [text: string, expected: string])[] = [
  ['import pino from "pino"; const out = pino(); out.info(1)', 'logger info'],
  ['import bunyan from "bunyan"; const out = bunyan.createLogger({}); out.info(1)', 'logger info'],
  ['import { getLogger as get } from "log4js"; const out = get(); out.fatal(1)', 'logger fatal'],
  ['import pino from "pino"; const a = pino(); const b = a.child({}); b.warn(1)', 'logger warn'],
  ['const debug = require("debug")("app"); debug(1)', 'logger debug'],
  ['import createDebug from "debug"; const trace = createDebug("x"); trace(1)', 'logger debug'],
  ['function f(out: Logger) { out.error(1) }', 'logger error'],
  ['function f(out: winston.Logger) { out.error(1) }', 'logger error'],
  ['class A { constructor(private readonly out: LoggerService) {} m() { this.out.error(1) } }', 'logger error'],
  ['class A { private out = new Logger("A"); m() { this.out.error(1) } }', 'logger error'],
];

for (const [text, expected] of SEEN_IN_FILE) {
  test(`writes to a log, as its file tells: ${text}`, () => {
    assert.deepEqual(judged(text), ['-', expected]);
  });
}

for (const text of [
  'Math.log(1)',
  'import { log } from "mathjs"; log(1)',
  'catalog.info(1)',
  'dialog.error(1)',
  'console.clear()',
  'console.time("x")',
  'res.error(1)',
  'notify.warn(1)',
  'login(1)',
  'logout(1)',
  'logger.level("info")',
  'function f(out: Catalog) { out.error(1) }',
  'reject(error)',
]) {
  test(`writes to no log: ${text}`, () => {
    assert.deepEqual(judged(text), ['-', '-']);
  });
}
