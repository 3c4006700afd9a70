import { customType } from 'drizzle-orm/pg-core';

/** PostgreSQL's byte string, which Drizzle lacks. Neither direction copies: both are views on the same memory. */
export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  fromDriver: buffer => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength),
});
