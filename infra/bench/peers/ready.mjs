/** Serves a peer on any free port and tells the bench which, and when to end. */

/**
 * @param {import('node:http').Server} http
 * @param {object} more what else the clients must know
 */
export function serve(http, more = {}) {
  http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port, ...more }));
  process.on('disconnect', () => process.exit());
}
