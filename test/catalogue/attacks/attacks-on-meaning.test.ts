/** What is said, and how it is written. */
import { attacks } from './all';
import { sendAttacks } from './send-attacks';

sendAttacks('parsing', attacks.parsing);
sendAttacks('semantics', attacks.semantics);
sendAttacks('identity', attacks.identity);
