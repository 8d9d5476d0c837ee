/**
 * Three native modules of VS Code would have to be compiled. None matters to a VS Code that one process starts and stops,
 * so each gets a few lines of JavaScript instead.
 */

/** Ends an extension host whose parent died. Here the whole process group is ended together. */
const watchdog = `
exports.start = () => {};
exports.exit = (code) => process.exit(code || 0);
`;

/** The log writer: the same lines into the same files, without rotation. */
const spdlog = `
const fs = require('node:fs');
const path = require('node:path');
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(file) {
    this.file = file;
    this.level = 2;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.raw = true; }
  flush() {}
  drop() {}
}
levels.forEach((name, level) => {
  Logger.prototype[name === 'warning' ? 'warn' : name] = function (message) {
    if (level < this.level) return;
    fs.appendFileSync(this.file, this.raw ? message : new Date().toISOString() + ' [' + name + '] ' + message + '\\n');
  };
});
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file) => new Logger(file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
`;

/** Copies files by reference where the disk can; the built-in git extension asks for it when it makes a worktree. */
const copyfile = `
exports.cp = require('node:fs/promises').cp;
`;

/** Code of `index.js` by package name. */
export const standIns: ReadonlyMap<string, string> = new Map([
  ['@vscode/fs-copyfile', copyfile],
  ['@vscode/native-watchdog', watchdog],
  ['@vscode/spdlog', spdlog],
]);
