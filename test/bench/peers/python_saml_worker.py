# One line in, one line out: {"certificate": …, "key": … or null, "field": …, "times": N, …names} -> {"ms": CPU per validation}.
# python3-saml in its strict mode, as a service would use it: settings are kept, each validation is a new response.
import json
import sys
import time
from urllib.parse import urlsplit

from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

known = {}


def bare(pem):
    return "".join(line for line in pem.splitlines() if not line.startswith("-----"))


def settings_for(order):
    key = (order["certificate"], order["key"])
    if key not in known:
        sp = {
            "entityId": order["serviceProvider"],
            "assertionConsumerService": {"url": order["assertionConsumerServiceUrl"]},
        }
        if order["key"]:
            sp["privateKey"] = bare(order["key"])
        idp = {
            "entityId": order["identityProvider"],
            "singleSignOnService": {"url": "https://idp.example.com/sso"},
            "x509cert": bare(order["certificate"]),
        }
        security = {"wantAttributeStatement": False, "wantNameId": False}
        known[key] = OneLogin_Saml2_Settings(
            {"strict": True, "sp": sp, "idp": idp, "security": security}, sp_validation_only=True
        )
    return known[key]


def validate(settings, order):
    url = urlsplit(order["assertionConsumerServiceUrl"])
    request = {
        "https": "on" if url.scheme == "https" else "off",
        "http_host": url.netloc,
        "script_name": url.path,
        "get_data": {},
        "post_data": {},
    }
    response = OneLogin_Saml2_Response(settings, order["field"])
    response.is_valid(request, order["requestId"], raise_exceptions=True)
    return response.get_nameid()


for line in sys.stdin:
    order = json.loads(line)
    try:
        settings = settings_for(order)
        name = validate(settings, order)
        began = time.process_time()
        for _ in range(order["times"]):
            validate(settings, order)
        answer = {"ms": (time.process_time() - began) * 1000 / order["times"], "name": name}
    except Exception as problem:
        answer = {"refused": str(problem)}
    print(json.dumps(answer), flush=True)
