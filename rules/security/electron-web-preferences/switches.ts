/** A setting of a window that takes a protection away. */
export interface Switch {
  /** The value that is reported. */
  readonly unsafe: boolean;
  /** What it does, as the message goes on after the setting. */
  readonly effect: string;
}

/** By the name they have in `webPreferences`. */
export const SWITCHES: ReadonlyMap<string, Switch> = new Map([
  [
    'nodeIntegration',
    {
      unsafe: true,
      effect: 'gives Node to every script of the page, so one injected script can read files and run programs',
    },
  ],
  [
    'contextIsolation',
    { unsafe: false, effect: 'lets scripts of the page change what the preload script uses, and reach what it can do' },
  ],
  [
    'webSecurity',
    {
      unsafe: false,
      effect: 'lets scripts of the page read every site and every local file with the rights of the user',
    },
  ],
  ['sandbox', { unsafe: false, effect: 'lets a page that breaks out of its renderer act with all rights of the user' }],
  [
    'allowRunningInsecureContent',
    { unsafe: true, effect: 'runs scripts that came over HTTP, which anybody on the way can change' },
  ],
  ['enableRemoteModule', { unsafe: true, effect: 'hands the objects of the main process to scripts of the page' }],
  ['experimentalFeatures', { unsafe: true, effect: 'turns on browser features that nobody has declared secure yet' }],
]);

/** Attributes of `<webview>`, in lower case, and the setting that each one turns on or off. */
export const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['nodeintegration', 'nodeIntegration'],
  ['disablewebsecurity', 'webSecurity'],
  ['enableremotemodule', 'enableRemoteModule'],
]);
