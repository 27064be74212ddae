import { room } from '#shared/http/room.ts';
import { askChildCodeByForm, askCodeByForm } from './ask-code-by-form.ts';
import { objectByForm, objectForChildByForm } from './object-by-form.ts';
import { readLetterPage } from './read-letter-page.ts';
import { readChildCodeForm, readChildForm, readCodeForm, readObjectionForm } from './show-form.ts';

export const handler = room(
  readLetterPage,
  ...[readObjectionForm, objectByForm],
  ...[readChildForm, objectForChildByForm],
  ...[readCodeForm, askCodeByForm],
  ...[readChildCodeForm, askChildCodeByForm],
);
