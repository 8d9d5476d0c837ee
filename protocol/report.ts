/**
 * Client → server request: the readiness report of a workspace folder as it stands. Takes {@link ReportParams}, answers
 * {@link ReportResult}, or `null` without such a folder.
 */
export const reportRequest = 'airworthy/report';

export interface ReportParams {
  /** Uri of a workspace folder; left out, the first. */
  readonly folder?: string;
  /** Version of Airworthy, which the report names. */
  readonly toolVersion: string;
}

export interface ReportResult {
  readonly title: string;
  /** One page that needs neither scripts nor other files. */
  readonly html: string;
}
