<?php

// The service provider's metadata as it publishes it, imported as an administrator would: unchanged.
foreach (SimpleSAML\Metadata\SAMLParser::parseDescriptorsFile(getenv('IDP_STATE') . '/sp.xml') as $entity) {
    $serviceProvider = $entity->getMetadata20SP();
    if ($serviceProvider === null) {
        continue;
    }
    unset($serviceProvider['entityDescriptor'], $serviceProvider['expire']);
    $metadata[$serviceProvider['entityid']] = $serviceProvider;
}
