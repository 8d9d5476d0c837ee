import type { WebApp, WebRoute } from '../../_shared/web/project/model.ts';

/** Segments under which people show who they are: what attackers try over and over. */
const CREDENTIALS =
  /^(?:(?:user|admin|local|auth)?[-_]?(?:log-?in|sign-?in|register|registration|sign-?up|authenticate)|(?:forgot|forget|reset|change|recover|lost)[-_]?(?:my)?[-_]?(?:password|pass|pwd)|(?:password|pass|pwd)[-_]?(?:reset|recovery|forgot|forgotten)|(?:verify|send|resend|validate|check)?[-_]?(?:otp|2fa|mfa|totp|pin)[-_]?(?:code|verify|login)?|oauth2?[-_/]?token)$/i;

/** Routes by which somebody logs in, registers, or gets a new password: a request changes or gives something. */
export function credentialRoutes({ routes }: WebApp): readonly WebRoute[] {
  return routes.filter(
    ({ method, path }) =>
      /\b(?:post|put|patch|all)\b/.test(method) && path.split('/').some((segment) => CREDENTIALS.test(segment)),
  );
}
