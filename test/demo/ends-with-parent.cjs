// Loaded before a program that the demo starts: it stops in order when the demo is gone, however that ended. Its standard
// input is a pipe that only the demo holds open.

process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();
process.stdin.unref?.();
