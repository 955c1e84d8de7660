/** What the office says about reaching one person for one purpose, on every channel. */
import { call, commands, type ContactChannel } from '../../lib/api';
import { channelIcons } from '../../lib/design/channels';
import type { Told } from './strip';

export async function ask(contact: string, purpose: string): Promise<Told> {
  const channels = Object.keys(channelIcons) as ContactChannel[];
  const [decisions, history, shown] = await Promise.all([
    Promise.all(channels.map((channel) => call(commands.may(contact, purpose, channel)))),
    call(commands.consentHistory(contact)),
    call(commands.contactShow(contact)),
  ]);
  const evidence = decisions.flatMap((decision) => decision.evidence);
  const stands = shown.consents.find((one) => one.purpose === purpose);
  return {
    expires: stands?.expires ?? null,
    preferred: stands?.preferred ?? null,
    channels: channels.flatMap((channel, at) => {
      const decision = decisions[at];
      return decision ? [{ channel, decision }] : [];
    }),
    events: history.filter((event) => evidence.includes(event.event)),
  };
}
