/** Sent by the test server when it begins to list the files of a folder. */
export const walkNotification = 'test/walk';
