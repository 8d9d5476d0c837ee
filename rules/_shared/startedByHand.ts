const BY_HAND =
  /(?:^|\/)(?:scripts?|bin|(?:[\w-]+-)?cli|tools?|bundlers?|seeds?|seeders?|migrations?|examples?|samples?|demos?|docs?|benchmarks?|fixtures|mocks?|__mocks__|\.github)\/|(?:^|\/)(?:seed|setup|install|cli|generate|create-admin)[\w.-]*\.[cm]?[jt]s$/i;

/**
 * Whether a path, as `FileHeader.localPath` gives it, is that of a program that somebody starts by hand and watches:
 * a script, a seed, an example. What it says on the screen is meant for whoever started it.
 */
export const isStartedByHand = (localPath: string): boolean => BY_HAND.test(localPath);
