import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, openPage, workbenchUrl } from '../../../scripts/vscode/browser.ts';
import { project } from '../../../scripts/vscode/install.ts';
import { createProfile } from '../../../scripts/vscode/profile.ts';
import { installExtension, startServer, type VscodeServer } from '../../../scripts/vscode/server.ts';
import { walk } from './walk.ts';

export interface WalkResult {
  readonly figures: readonly string[];
  /** Addresses outside this machine that were asked for. */
  readonly refused: readonly string[];
}

/** Installs the .vsix into a clean VS Code, takes the walk there, and leaves a picture of every step in a folder. */
export async function walkThrough(theme: 'dark' | 'light', folder: string): Promise<WalkResult> {
  mkdirSync(folder, { recursive: true });
  const profile = createProfile({
    workspace: join(project, 'examples', 'service'),
    settings: {
      'workbench.colorTheme': theme === 'dark' ? 'Dark Modern' : 'Light Modern',
      // The example's packages are not installed; what TypeScript says about that would hide what is to be seen.
      'typescript.validate.enable': false,
      'javascript.validate.enable': false,
    },
  });
  const browser = await launchBrowser();
  let server: VscodeServer | undefined;
  try {
    installExtension(profile, join(project, 'out', 'airworthy.vsix'));
    server = await startServer(profile);
    const { page, refused } = await openPage(browser, server);
    // What fades in is there, what fades out is gone.
    const picture = (name: string) =>
      page.screenshot({ path: join(folder, `${name}-${theme}.png`), animations: 'disabled' });
    const figures: string[] = [];
    try {
      await page.goto(workbenchUrl(server, { open: profile.workspace }));
      await walk({ page, workspace: profile.workspace, picture, measure: (text) => figures.push(text) });
    } catch (error) {
      await picture('failed');
      throw error;
    }
    return { figures, refused };
  } finally {
    await browser.close();
    server?.stop();
    profile.dispose();
  }
}
