import { about } from './about';
import { acts } from './acts';
import { backups } from './backups';
import { came } from './came';
import { choices } from './choices';
import { common } from './common';
import { connections } from './connections';
import { consent } from './consent';
import { consents } from './consents';
import { contact } from './contact';
import { contacts } from './contacts';
import { duplicates } from './duplicates';
import { erasure } from './erasure';
import { frame } from './frame';
import { imports } from './imports';
import { inform } from './inform';
import { letters } from './letters';
import { locked } from './locked';
import { mails } from './mails';
import { names } from './names';
import { palette } from './palette';
import { problems } from './problems';
import { purposes } from './purposes';
import { registers } from './registers';
import { replies } from './replies';
import { requests } from './requests';
import { settings } from './settings';
import { signed } from './signed';
import { start } from './start';
import { today } from './today';

/** Everything the window says, by area. Dutch is the house's own language and gives the shape; the others must fill all of it. */
export const nl = {
  about,
  acts,
  backups,
  came,
  choices,
  common,
  connections,
  consent,
  consents,
  contact,
  contacts,
  duplicates,
  erasure,
  frame,
  imports,
  inform,
  letters,
  locked,
  mails,
  names,
  palette,
  problems,
  purposes,
  registers,
  replies,
  requests,
  settings,
  signed,
  start,
  today,
};

export type Words = typeof nl;
