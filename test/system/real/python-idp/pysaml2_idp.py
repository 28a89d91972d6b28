"""pysaml2 as an identity provider. Every request must be signed.

Arguments: files of its key and certificate. Settings: see `defaults`."""

import sys
from tempfile import NamedTemporaryFile
from urllib.parse import parse_qsl

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.authn_context import PASSWORDPROTECTEDTRANSPORT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NameID
from saml2.samlp import STATUS_NO_PASSIVE
from saml2.server import Server
from saml2.sigver import verify_redirect_signature
from serve import form, serve

key_file, certificate_file = sys.argv[1:]
EMAIL = "alice@example.com"
defaults = {
    "serviceProvider": None,
    "signature": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "digest": "http://www.w3.org/2001/04/xmlenc#sha256",
    "signResponse": True,
    "signAssertion": True,
    "encrypt": False,
    "format": NAMEID_FORMAT_EMAILADDRESS,
    "nameId": EMAIL,
    "session": True,
}


class Idp:
    def __init__(self, base_url):
        self.base_url = base_url
        self.settings = dict(defaults)
        self.server = None
        self.metadata = str(entity_descriptor(self.config({})))

    def config(self, more):
        bindings = (BINDING_HTTP_REDIRECT, BINDING_HTTP_POST)
        service = {
            "endpoints": {"single_sign_on_service": [(f"{self.base_url}/sso", binding) for binding in bindings]},
            "name_id_format": [NAMEID_FORMAT_EMAILADDRESS],
            "signing_algorithm": self.settings["signature"],
            "digest_algorithm": self.settings["digest"],
        }
        return IdPConfig().load(
            {
                "entityid": f"{self.base_url}/metadata",
                "xmlsec_binary": "/usr/bin/xmlsec1",
                "key_file": key_file,
                "cert_file": certificate_file,
                "service": {"idp": service},
                **more,
            }
        )

    def configure(self, settings):
        self.settings = {**defaults, **settings}
        with NamedTemporaryFile("w", suffix=".xml") as metadata:
            metadata.write(self.settings["serviceProvider"])
            metadata.flush()
            self.server = Server(config=self.config({"metadata": {"local": [metadata.name]}}))

    def sign_on(self, method, query, body):
        binding = BINDING_HTTP_REDIRECT if method == "GET" else BINDING_HTTP_POST
        fields = dict(parse_qsl(query if method == "GET" else body))
        request = self.server.parse_authn_request(fields["SAMLRequest"], binding).message
        # The library itself checks an enveloped signature only; the query's is left to its caller.
        if binding == BINDING_HTTP_POST and request.signature is None:
            raise PermissionError("unsigned")
        if binding == BINDING_HTTP_REDIRECT and "Signature" not in fields:
            raise PermissionError("unsigned")
        if binding == BINDING_HTTP_REDIRECT and not self.query_is_signed(fields, request.issuer.text):
            raise PermissionError("signature")
        return self.respond(request, fields.get("RelayState"))

    def query_is_signed(self, fields, issuer):
        certificates = self.server.metadata.certs(issuer, "any", "signing")
        return any(
            verify_redirect_signature(
                dict(fields), self.server.sec.sec_backend, entry if isinstance(entry, str) else entry[1]
            )
            for entry in certificates
        )

    def unsolicited(self):
        return self.respond(None, None)

    def respond(self, request, relay_state):
        settings = self.settings
        service_provider = list(self.server.metadata.keys())[0]
        if request is None:
            _, destination = self.server.pick_binding(
                "assertion_consumer_service", [BINDING_HTTP_POST], "spsso", entity_id=service_provider
            )
            to = {"in_response_to": None, "destination": destination, "sp_entity_id": service_provider}
        else:
            to = self.server.response_args(request, [BINDING_HTTP_POST])
            to.pop("binding")
        if request is not None and request.is_passive == "true" and not settings["session"]:
            reason = (STATUS_NO_PASSIVE, "nobody is signed in")
            response = self.server.create_error_response(to["in_response_to"], to["destination"], reason, sign=True)
        else:
            response = self.server.create_authn_response(
                {"mail": [EMAIL], "givenName": ["Alice"], "eduPersonAffiliation": ["member", "staff"]},
                userid=EMAIL,
                name_id=NameID(format=settings["format"], text=settings["nameId"]),
                authn={"class_ref": PASSWORDPROTECTEDTRANSPORT},
                sign_response=settings["signResponse"],
                sign_assertion=settings["signAssertion"],
                encrypt_assertion=settings["encrypt"],
                **to,
            )
        page = self.server.apply_binding(BINDING_HTTP_POST, str(response), to["destination"], "", response=True)
        message = page["data"].split('name="SAMLResponse" value="')[1].split('"')[0]
        return form(to["destination"], message, relay_state)


serve(Idp)
