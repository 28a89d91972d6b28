<?php

$settings = require dirname(__DIR__) . '/settings.php';
$binding = 'urn:oasis:names:tc:SAML:2.0:bindings:';
$metadata[$settings['baseUrl'] . '/saml2/idp/metadata.php'] = [
    'host' => '__DEFAULT__',
    'privatekey' => 'idp.key',
    'certificate' => 'idp.crt',
    'auth' => 'people',
    'signature.algorithm' => $settings['signatureAlgorithm'],
    'saml20.sign.response' => $settings['signResponse'],
    'saml20.sign.assertion' => $settings['signAssertion'],
    'assertion.encryption' => $settings['encrypt'],
    'validate.authnrequest' => true,
    'redirect.validate' => true,
    'sign.logout' => true,
    'SingleSignOnServiceBinding' => [$binding . 'HTTP-Redirect', $binding . 'HTTP-POST'],
    'NameIDFormat' => $settings['nameIdFormat'],
    'authproc' => [
        10 => ['class' => 'saml:TransientNameID'],
        20 => [
            'class' => 'saml:AttributeNameID',
            'attribute' => 'mail',
            'Format' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
        ],
    ],
];
