// A page of a query's answer, as Wix Data and the members' queries give it.

export function page(items, limit) {
  const rest = items.slice(limit);
  return {
    items: items.slice(0, limit),
    totalCount: items.length,
    hasNext: () => rest.length > 0,
    next: async () => page(rest, limit),
  };
}
