/** The drawing of each channel, in the order in which people see them. */
import type { ContactChannel } from '../bindings';
import type { IconName } from './icons';

export const channelIcons: Readonly<Record<ContactChannel, IconName>> = {
  email: 'mail',
  phone: 'phone',
  sms: 'message-square-text',
  post: 'mailbox',
  messaging: 'message-circle',
  in_person: 'store',
};
