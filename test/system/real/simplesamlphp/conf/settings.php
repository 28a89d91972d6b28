<?php

// What the test wants of this identity provider; read again on every request, so that it can change while it runs.
return json_decode(
    file_get_contents(getenv('IDP_STATE') . '/settings.json'),
    true,
    16,
    JSON_THROW_ON_ERROR
);
