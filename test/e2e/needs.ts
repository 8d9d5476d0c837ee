import { findChromium, findProgram } from '../../scripts/vscode/browser.ts';
import { isInstalled } from '../../scripts/vscode/install.ts';

/** What the end-to-end tests lack on this machine, one sentence each with what to do about it. */
export function lacking(): readonly string[] {
  const desktop = process.env['AIRWORTHY_VSCODE'];
  return [
    isInstalled() ? '' : 'VS Code, served to a browser: run `npm run vscode:install`.',
    findChromium()
      ? ''
      : 'Chromium: install it (`apt-get install chromium`), or set CHROMIUM to the program of a Chromium or Chrome.',
    findProgram('nvim') ? '' : 'Neovim: install it (`apt-get install neovim`).',
    !desktop || desktop === 'download' || findProgram(desktop)
      ? ''
      : `A desktop VS Code: AIRWORTHY_VSCODE is "${desktop}", which is neither \`download\` nor a program.`,
  ].filter(Boolean);
}
