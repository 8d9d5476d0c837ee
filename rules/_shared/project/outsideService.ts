/** Build set-up, tools, demonstrations and one-off scripts run outside the service. */
const OUTSIDE = new RegExp(
  [
    // Folders, wherever they are.
    String.raw`(?:^|\/)(?:scripts?|bin|\.\w[\w-]*|migrations?|seeds?|seeders|examples?|demos?|samples?|playgrounds?|docs|benchmarks?|bench|fixtures|static|public|assets|stories|[\w.-]*[-_.](?:tests?|e2e|mocks?)|test-\w+|testing|playwright|mocks?|__\w+__)\/`,
    // Folders beside the sources; further down the same words mean something else.
    String.raw`^(?:(?!(?:src|app|server)\/)[^/]+\/)*(?:tools?|tooling|docker|deploy|deployment|infra|ci|build)\/`,
    // Files.
    String.raw`\.conf(?:ig)?\.[cm]?[jt]s$`,
    String.raw`(?:^|\/)\.?[\w-]*rc\.[cm]?js$`,
    String.raw`(?:^|\/)(?:knexfile|gulpfile|Gruntfile|ormconfig|sequelize-cli|seed|healthcheck|instrumentation|webpack[^/]*|esbuild[^/]*|rollup[^/]*|next-env\.d|setupTests|setup-tests?)\.[cm]?[jt]s$`,
    String.raw`[.-](?:stories|setup|bench|mock|e2e[\w-]*)\.[cm]?[jt]sx?$`,
    String.raw`(?:^|\/)(?:tests?|specs?)\.[cm]?[jt]sx?$`,
    String.raw`\.d\.[cm]?ts$`,
  ].join('|'),
);

/** Whether a file, by its path from the workspace's folder (without a slash in front), runs outside the service. */
export function isOutsideService(localPath: string): boolean {
  return OUTSIDE.test(localPath);
}
