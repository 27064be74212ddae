import { room } from '#shared/http/room.ts';
import { objectByForm, objectForChildByForm } from './object-by-form.ts';
import { readLetterPage } from './read-letter-page.ts';
import { readChildForm, readObjectionForm } from './show-form.ts';

export const handler = room(
  readLetterPage,
  ...[readObjectionForm, objectByForm],
  ...[readChildForm, objectForChildByForm],
);
