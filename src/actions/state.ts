/** What the main step leaves for the post step: names and values that are no secret, and what it wrote. */
export const STATE_RESTORE = 'restore';
export const STATE_TEMPORARY_FILE = 'temporary-file';
/** What `writeConfig` returned: the config file may stand anywhere. */
export const STATE_CONFIG_FILE = 'config-file';
