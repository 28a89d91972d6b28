// The variables that `${NAME}` in a configuration stands for, as the public API sees them.

export type Environment = Readonly<Record<string, string | undefined>>;
