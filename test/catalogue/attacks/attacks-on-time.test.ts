/** What a message costs to read. */
import { attacks } from './all';
import { sendAttacks } from './send-attacks';

sendAttacks('cost', attacks.cost);
