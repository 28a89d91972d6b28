/** Lines of a stream without their line feeds; what follows the last one is left out. */
export function linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined>;
