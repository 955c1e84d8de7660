/** The ways in which an answer comes. Pure. */
import type { How } from '../../lib/api';

/** Over the network: there is a page, and a network address. */
export const ONLINE: readonly How[] = ['web_form', 'portal', 'kiosk'];

/** Ways that anybody could have used: a yes waits for its confirmation. */
export const CONFIRMED: readonly How[] = ['web_form', 'email'];
