/** What the main step leaves for the post step: names and values that are no secret, and the path of a file. */
export const STATE_RESTORE = 'restore';
export const STATE_TEMPORARY_FILE = 'temporary-file';
export const STATE_CONFIG_FILE = 'config-file';
export const STATE_CONFIG_DIGEST = 'config-digest';
