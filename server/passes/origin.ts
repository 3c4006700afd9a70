/** Origin of what the passes write. */
export const PASS = Symbol('pass');
