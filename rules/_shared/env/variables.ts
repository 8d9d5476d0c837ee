/** Variables that the operating system, the runtime, a terminal, CI or a hosting platform sets. */
const PLATFORM =
  /^(?:NODE_(?:ENV|OPTIONS|DEBUG|PATH|APP_INSTANCE|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|V8_COVERAGE|UNIQUE_ID|CHANNEL_FD)|CI|TZ|HOME|PATH|PWD|OLDPWD|INIT_CWD|USER|USERNAME|LOGNAME|USERPROFILE|SHELL|TERM|TERM_PROGRAM|COLORTERM|LANG|LANGUAGE|LC_\w+|EDITOR|VISUAL|PAGER|BROWSER|DISPLAY|DEBUG|NO_COLOR|FORCE_COLOR|TMP|TEMP|TMPDIR|HOSTNAME|COMPUTERNAME|OS|OSTYPE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|SYSTEMROOT|COMSPEC|WINDIR|PORTABLE_EXECUTABLE_DIR|XDG_\w+|HTTPS?_PROXY|ALL_PROXY|NO_PROXY|npm_\w+|VITEST\w*|JEST_WORKER_ID|GITHUB_(?:ACTIONS|SHA|REF|REF_NAME|HEAD_REF|REPOSITORY|RUN_ID|RUN_NUMBER|WORKSPACE|EVENT_NAME|ACTOR|OUTPUT)|VERCEL|(?:(?:NEXT_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC)_)?VERCEL_(?:(?:TARGET_)?ENV|URL|REGION|BRANCH_URL|PROJECT_(?:PRODUCTION_URL|ID)|DEPLOYMENT_ID|OIDC_TOKEN|SKEW_PROTECTION_ENABLED|AUTOMATION_BYPASS_SECRET|GIT_\w+)|NEXT_(?:RUNTIME|PHASE)|EXPO_OS|PORTLESS_URL|AWS_LAMBDA_\w+|AWS_EXECUTION_ENV|LAMBDA_TASK_ROOT|K_(?:SERVICE|REVISION|CONFIGURATION)|FUNCTION_TARGET|KUBERNETES_\w+|DYNO|HEROKU_\w+|RAILWAY_\w+|RENDER|RENDER_\w+|FLY_\w+|WEBSITE_\w+|CF_PAGES\w*|NETLIFY|CODESPACES|GITPOD_\w+)$/i;

/** Prefixes that bundlers replace by the value when they build: nothing is read when the program runs. */
const BUILT_IN =
  /^(?:NEXT_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC|STORYBOOK|PLASMO_PUBLIC|WXT|NX_PUBLIC|NG_APP)_|^PUBLIC_URL$/;

/** Where to listen: platforms set them, developers do not, so a fallback is all there is to do. */
const ADDRESS = /^(?:PORT|HOST)$/;

/** Whether somebody else than the project sets a variable: the system, the runtime, CI, a platform. */
export function isPlatformVariable(name: string): boolean {
  return PLATFORM.test(name);
}

/** Whether a bundler puts the value in when it builds. */
export function isBuildTimeVariable(name: string): boolean {
  return BUILT_IN.test(name);
}

/** Whether a variable says where to listen. */
export function isAddressVariable(name: string): boolean {
  return ADDRESS.test(name);
}
