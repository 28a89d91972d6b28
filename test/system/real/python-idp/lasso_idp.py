"""Lasso as an identity provider: the library under LemonLDAP::NG. Every request must be signed.

Arguments: files of its key and certificate. Settings: see `defaults`; names are those of Lasso's constants."""

import sys
import time
from urllib.parse import parse_qs

import lasso
from serve import form, serve

key_file, certificate_file = sys.argv[1:]
EMAIL = "alice@example.com"
defaults = {
    "serviceProvider": None,
    "signature": "SIGNATURE_METHOD_RSA_SHA256",
    "encrypt": "ENCRYPTION_MODE_NONE",
    "cipher": "ENCRYPTION_SYM_KEY_TYPE_AES_128",
    "keyTransport": "KEY_ENCRYPTION_METHOD_OAEP",
    "format": "SAML2_NAME_IDENTIFIER_FORMAT_EMAIL",
    "nameId": EMAIL,
    "session": True,
}


def metadata_of(base_url):
    with open(certificate_file, encoding="ascii") as file:
        certificate = "".join(line for line in file.read().splitlines() if "CERTIFICATE" not in line)
    services = "".join(
        f'<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:{binding}" Location="{base_url}/sso"/>'
        for binding in ("HTTP-Redirect", "HTTP-POST")
    )
    return (
        f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{base_url}/metadata">'
        '<IDPSSODescriptor WantAuthnRequestsSigned="true"'
        ' protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">'
        '<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>'
        f"<X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
        f"{services}</IDPSSODescriptor></EntityDescriptor>"
    )


def instant(offset):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + offset))


class Idp:
    def __init__(self, base_url):
        self.metadata = metadata_of(base_url)
        self.settings = dict(defaults)

    def configure(self, settings):
        self.settings = {**defaults, **settings}

    def new_login(self):
        settings = self.settings
        with open(key_file, encoding="ascii") as key, open(certificate_file, encoding="ascii") as certificate:
            server = lasso.Server.newFromBuffers(self.metadata, key.read(), None, certificate.read())
        server.signatureMethod = getattr(lasso, settings["signature"])
        server.addProviderFromBuffer(lasso.PROVIDER_ROLE_SP, settings["serviceProvider"], None, None)
        provider = server.getProvider(self.service_provider(server))
        provider.setEncryptionMode(getattr(lasso, settings["encrypt"]))
        provider.setEncryptionSymKeyType(getattr(lasso, settings["cipher"]))
        provider.setKeyEncryptionMethod(getattr(lasso, settings["keyTransport"]))
        return lasso.Login(server)

    @staticmethod
    def service_provider(server):
        return list(server.providers.keys())[0]

    def sign_on(self, method, query, body):
        login = self.new_login()
        login.setSignatureVerifyHint(lasso.PROFILE_SIGNATURE_VERIFY_HINT_FORCE)
        if method == "GET":
            login.processAuthnRequestMsg(query)
            relay_state = login.msgRelayState
        else:
            fields = parse_qs(body)
            login.processAuthnRequestMsg(fields["SAMLRequest"][0])
            relay_state = fields["RelayState"][0]
        return self.respond(login, relay_state)

    def unsolicited(self):
        login = self.new_login()
        login.initIdpInitiatedAuthnRequest(self.service_provider(login.server))
        login.request.protocolBinding = lasso.SAML2_METADATA_BINDING_POST
        login.processAuthnRequestMsg(None)
        return self.respond(login, None)

    def respond(self, login, relay_state):
        if login.request.isPassive and not self.settings["session"]:
            try:
                login.validateRequestMsg(False, False)
            except lasso.LoginRequestDeniedError:
                pass  # the Response says so
        else:
            login.validateRequestMsg(True, True)
            self.assert_authentication(login)
        login.msgRelayState = relay_state
        login.buildAuthnResponseMsg()
        return form(login.msgUrl, login.msgBody, relay_state)

    def assert_authentication(self, login):
        login.buildAssertion(
            lasso.SAML2_AUTHN_CONTEXT_PASSWORD_PROTECTED_TRANSPORT, instant(0), None, instant(-60), instant(300)
        )
        name_id = login.assertion.subject.nameId
        if name_id is not None:  # it is encrypted already otherwise
            name_id.format = getattr(lasso, self.settings["format"])
            name_id.content = self.settings["nameId"]
        text = lasso.MiscTextNode.newWithString(EMAIL)
        text.textChild = True
        value = lasso.Saml2AttributeValue()
        value.any = [text]
        attribute = lasso.Saml2Attribute()
        attribute.name = "mail"
        attribute.nameFormat = lasso.SAML2_ATTRIBUTE_NAME_FORMAT_BASIC
        attribute.attributeValue = [value]
        statement = lasso.Saml2AttributeStatement()
        statement.attribute = [attribute]
        login.assertion.attributeStatement = [statement]


serve(Idp)
