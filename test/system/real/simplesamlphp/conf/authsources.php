<?php

// The password of everybody is the name. carol has no address.
$person = fn (string $given, string $family, array $more) => [
    'uid' => [strtolower($given)],
    'givenName' => [$given],
    'sn' => [$family],
    'displayName' => ["$given $family"],
] + $more;
$config = [
    'people' => [
        'exampleauth:UserPass',
        'alice:alice' => $person('Alice', 'Ångström', ['mail' => ['alice@example.com'], 'groups' => ['staff', 'R&D <1>']]),
        'bob:bob' => $person('Bob', "O'Brien", ['mail' => ['bob@elsewhere.example'], 'groups' => ['guests']]),
        'carol:carol' => $person('Carol', 'Nomail', []),
    ],
];
