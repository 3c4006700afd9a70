/** Largest file that the server takes, in bytes. */
export const MAX_FILE = 32 * 1024 * 1024;

export const TOO_LARGE = `A file may hold ${MAX_FILE / 1024 / 1024} MB.`;
