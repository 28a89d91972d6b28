"""Asks python3-saml (strict): cases as JSON lines in, one opinion per line out. Every case is judged at its own time."""

import json
import sys
from urllib.parse import urlsplit

from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils


def bare(pem):
    return "".join(line for line in pem.splitlines() if not line.startswith("-----"))


def settings_of(case, decryption_key):
    certificates = [bare(pem) for pem in case["certificates"]]
    sp = {
        "entityId": case["serviceProvider"],
        "assertionConsumerService": {"url": case["assertionConsumerServiceUrl"]},
    }
    if decryption_key:
        sp["privateKey"] = bare(decryption_key)
    return OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": sp,
            "idp": {
                "entityId": case["identityProvider"],
                "singleSignOnService": {"url": "https://idp.example.com/sso"},
                "x509cert": certificates[0],
                "x509certMulti": {"signing": certificates},
            },
            "security": {
                "wantAttributeStatement": False,
                "wantNameId": False,
                "rejectDeprecatedAlgorithm": not case["allowSha1"],
            },
        },
        sp_validation_only=True,
    )


def judge(case):
    url = urlsplit(case["assertionConsumerServiceUrl"])
    request = {
        "https": "on" if url.scheme == "https" else "off",
        "http_host": url.netloc,
        "script_name": url.path,
        "get_data": {},
        "post_data": {},
    }
    OneLogin_Saml2_Utils.now = staticmethod(lambda: case["now"] // 1000)
    why = ""
    for key in case["decryptionKeys"] or [None]:
        try:
            response = OneLogin_Saml2_Response(settings_of(case, key), case["field"])
            response.is_valid(request, case["requestId"], raise_exceptions=True)
            return {"verdict": "accepts", "nameId": response.get_nameid()}
        except BaseException as error:  # pylint: disable=broad-except
            why = str(error) or type(error).__name__
    return {"verdict": "refuses", "why": why}


for line in sys.stdin:
    print(json.dumps(judge(json.loads(line))), flush=True)
