import { fileURLToPath } from 'node:url';

/** The project's root: whose build the workers of a stack run. */
export const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));
