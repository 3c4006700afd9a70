/** Longest id that the board takes over from a file. */
const MAX_LENGTH = 120;

/**
 * Hands out the ids of a file's things, each once: a file may use one for two things (a component and a flow, a cell copied to another
 * diagram), leave it out, or make it too long to keep. The same file gets the same ids every time.
 */
export class Ids {
  private readonly taken = new Set<string>();

  /**
   * @param wanted the file's own id, or a text made of what stays the same in a newer file
   * @returns it, or one like it that is free
   */
  take(wanted: string): string {
    const base = clean(wanted);
    let id = base;
    for (let n = 2; this.taken.has(id); n++) id = `${base}~${n}`;
    this.taken.add(id);
    return id;
  }
}

/** Characters that an id can't hold, by number: ids in other scripts stay apart, whatever their order. */
const plain = (text: string): string =>
  text.replace(/[^\p{ASCII}]/gu, character => `u${character.codePointAt(0)!.toString(16)}`);

function clean(wanted: string): string {
  const id = plain(wanted.trim()).replace(/[^\w.:/@+~-]+/g, '-') || 'unnamed';
  // A key of JavaScript's own: a plain object would lose the thing.
  if (id === '__proto__') return 'proto';
  return id.length <= MAX_LENGTH ? id : `${id.slice(0, MAX_LENGTH - 9)}-${hash(wanted)}`;
}

/** FNV-1a, 32 bits, as eight hex digits: keeps apart what is the same in its first part. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}
