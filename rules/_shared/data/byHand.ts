/** What people start by hand and watch, and what prepares a database: nobody sends it requests. */
const BY_HAND =
  /(?:^|\/)(?:scripts?|bin|tools?|seeds?|seeders?|migrations?|cli|benchmarks?|dev)\/|(?:seed|migrate|reset|clear)[^/]*$/i;

export function isByHand(path: string): boolean {
  return BY_HAND.test(path);
}
