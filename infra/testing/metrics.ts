/**
 * What a server says at `/metrics`: values by series, like `strideboard_rooms` or `strideboard_refused_total{why="tooFast"}`.
 * @param url of the server
 */
export async function readMetrics(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(/^([^#\s][^\s{]*(?:\{.*\})?) (\S+)$/gm);
  return new Map([...lines].map(([, series, value]) => [series!, Number(value)]));
}
