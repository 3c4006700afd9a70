import { sign } from 'hono/jwt';
import { describe, expect, it } from 'vitest';
import { createTickets } from './tickets.ts';

const SECRET = 'a secret of at least thirty-two characters';
const tickets = createTickets(SECRET);
const issued = (secondsAgo: number) =>
  createTickets(SECRET, () => Date.now() - secondsAgo * 1000).ticket('ana', 's1');

describe('a ticket', () => {
  it('says whose it is, to its own session', async () => {
    expect(await tickets.userOfTicket(await issued(0), 's1')).toBe('ana');
  });
  it('opens no other session', async () => {
    expect(await tickets.userOfTicket(await issued(0), 's2')).toBeNull();
  });
  it('lasts a minute', async () => {
    expect(await tickets.userOfTicket(await issued(50), 's1')).toBe('ana');
    expect(await tickets.userOfTicket(await issued(61), 's1')).toBeNull();
  });
  it('is void under another secret', async () => {
    const forged = await createTickets(`${SECRET}!`).ticket('ana', 's1');
    expect(await tickets.userOfTicket(forged, 's1')).toBeNull();
  });
  it.each(['', 'x', 'a.b.c', 'null'])('is void when it is %j', async text => {
    expect(await tickets.userOfTicket(text, 's1')).toBeNull();
  });
  it('is void without a signature, without an owner and without a session', async () => {
    const exp = Math.floor(Date.now() / 1000) + 60;
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: 'ana', aud: 's1', exp })}.`;
    for (const ticket of [
      unsigned,
      await sign({ aud: 's1', exp }, SECRET, 'HS256'),
      await sign({ sub: 'ana', exp }, SECRET, 'HS256'),
    ])
      expect(await tickets.userOfTicket(ticket, 's1')).toBeNull();
  });
});
