// Where the sign-in log is.

export const logPath = '/setup/log';
export const attemptPath = '/setup/log/attempt';
export const logCsvPath = '/setup/log/csv';
