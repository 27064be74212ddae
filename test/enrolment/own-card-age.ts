/** Imported after the environment of this process and before the cores: here minors may have a card of their own. */
import process from 'node:process';

process.env.MINOR_OWN_CARD_AGE = '16';
