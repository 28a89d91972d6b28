// The sentences of an activation that an IT admin does alone, together.

export const activationWords = {
  consequence:
    'With this, people sign in by it, within seconds and without anybody else. Whoever runs the site is told.',
  activate: 'Activate now',
  notProven: 'Not every domain is proven yet.',
  prove: 'Prove them',
  live: (link: string): string => `Activated by link ${link}.`,
  undoTitle: 'Something is wrong with it?',
  undoMeaning: 'This brings back what people signed in by before.',
  undo: 'Go back',
} as const;
