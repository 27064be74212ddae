import type { Client, Mail } from '#infra/local/client.ts';

/** The provisional code that a mail brings, if it brings one. */
export function codeIn(text: string): string | undefined {
  return /\b([0-9A-Z]{4}[ -][0-9A-Z]{4}[ -][0-9A-Z]{4})\b/.exec(text)?.[1];
}

/** The inbox of everyone, read as it fills: the code each person last received. */
export function postbox(client: Client) {
  const codes = new Map<string, string>();
  let after = '';
  const note = (mail: Mail) => {
    const code = codeIn(mail.text);
    if (code) codes.set(mail.to, code);
    after = mail.id;
  };
  return {
    codes,
    /** Reads what has arrived since the last time; the number of new mails. */
    collect: async () => {
      let read = 0;
      for (;;) {
        const mails = await client.mails({ after });
        mails.forEach(note);
        read += mails.length;
        if (mails.length === 0) return read;
      }
    },
  };
}
