/** An edit that makes no sense on this board, in words for whoever asked for it. */
export class EditRefused extends Error {
  override name = 'EditRefused';
}
