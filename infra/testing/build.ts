/** Before the tests: what they start in processes of its own is built from the sources as they are. */
import { buildServer } from '#infra/scripts/prepare.mjs';

export const setup = buildServer;
