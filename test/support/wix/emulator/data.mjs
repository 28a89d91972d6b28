// Wix Data: writes go to the primary at once and atomically, reads come from a mirror that lags behind unless the caller
// asks for a consistent one. Collections are for the administrator; the caller needs suppressAuth.

import { page } from './page.mjs';

const MESSAGES = {
  WDE0025: (name) => `The ${name} collection does not exist.`,
  WDE0027: () => 'The current user does not have permissions for this collection.',
  WDE0028: () => 'Operation time limit exceeded.',
  WDE0074: (name, id) => `An item with _id [${id}] already exists in collection [${name}].`,
};

export function createDataModule(world) {
  const open = async (name, options) => {
    // As over a network: two writers are under way at the same time.
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
    if (world.dataFault) throw failure(world, world.dataFault, name);
    const items = world.collections.get(name);
    if (!items) throw failure(world, 'WDE0025', name);
    if (options?.suppressAuth !== true && !world.openCollections.has(name))
      throw failure(world, 'WDE0027', name);
    return items;
  };
  const visible = (items, options) => {
    const until = options?.consistentRead ? Infinity : world.now() - world.options.mirrorLagMs;
    return [...items.values()].filter(({ writtenAt }) => writtenAt <= until).map(({ item }) => ({ ...item }));
  };
  const write = (items, item) => items.set(item._id, { item: { ...item }, writtenAt: world.now() });

  return {
    async insert(name, item, options) {
      const items = await open(name, options);
      const id = item._id ?? crypto.randomUUID();
      if (items.has(id)) throw failure(world, 'WDE0074', name, id);
      write(items, { ...item, _id: id });
      return { ...item, _id: id };
    },
    async save(name, item, options) {
      const items = await open(name, options);
      write(items, item);
      return item;
    },
    async get(name, id, options) {
      const items = await open(name, options);
      return visible(items, options).find((item) => item._id === id) ?? null;
    },
    async remove(name, id, options) {
      const items = await open(name, options);
      items.delete(id);
      return null;
    },
    async bulkRemove(name, ids, options) {
      const items = await open(name, options);
      for (const id of ids) items.delete(id);
      return { removed: ids.length };
    },
    query: (name) => query((options) => open(name, options).then((items) => visible(items, options))),
  };
}

function query(read) {
  const filters = [];
  let limit = 50;
  const builder = {
    eq: (field, value) => add((item) => item[field] === value),
    lt: (field, value) => add((item) => item[field] < value),
    limit(count) {
      limit = count;
      return builder;
    },
    async find(options) {
      const items = (await read(options)).filter((item) => filters.every((holds) => holds(item)));
      return page(items, limit);
    },
  };
  const add = (holds) => {
    filters.push(holds);
    return builder;
  };
  return builder;
}

function failure(world, code, name, id) {
  const error = new Error(`${code}: ${MESSAGES[code](name, id)}`);
  return world.options.dataErrorCode ? Object.assign(error, { code }) : error;
}
