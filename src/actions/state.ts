/** What the main step leaves for the post step: names and values that are no secret, and the path of a file. */
export const STATE_RESTORE = 'restore';
export const STATE_TEMPORARY_FILE = 'temporary-file';
