/** What is signed, by whom, and where it stands. */
import { attacks } from './all';
import { sendAttacks } from './send-attacks';

sendAttacks('signature', attacks.signature);
sendAttacks('wrapping', attacks.wrapping);
sendAttacks('encryption', attacks.encryption);
sendAttacks('http', attacks.http);
