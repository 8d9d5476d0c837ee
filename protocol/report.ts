/**
 * Client → server request: the readiness report of a workspace folder as it stands. Takes {@link ReportParams}, answers
 * {@link ReportResult}, or `null` without such a folder.
 */
export const reportRequest = 'airworthy/report';

/** Command of the client: opens a file that a report names. Takes the folder's uri, the file's path in it, and a line from 1. */
export const openReportPlaceCommand = 'airworthy.openReportPlace';

export interface ReportParams {
  /** Uri of a workspace folder; left out, the first. */
  readonly folder?: string;
  /** Version of Airworthy, which the report names. */
  readonly toolVersion: string;
  /** The client shows the page where links may be commands, and has {@link openReportPlaceCommand}. */
  readonly commandLinks?: boolean;
}

export interface ReportResult {
  readonly title: string;
  /** One page that needs neither scripts nor other files. */
  readonly html: string;
}
