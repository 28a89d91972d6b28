# One line in, one line out: {"metadata": {...}, "field": "...", "times": N} -> {"ms": CPU milliseconds per validation}.
# Lasso keeps its server and the IdP's keys, as a service would; each validation is a new Login.
import json
import sys
import time

import lasso

servers = {}


def server_for(our, our_key, idp):
    known = servers.get((our, idp))
    if known is None:
        known = lasso.Server.newFromBuffers(our, our_key, None, None)
        known.addProviderFromBuffer(lasso.PROVIDER_ROLE_IDP, idp, None, None)
        if our_key:
            known.setEncryptionPrivateKey(our_key)
        servers[(our, idp)] = known
    return known


def validate(server, field):
    login = lasso.Login(server)
    login.processAuthnResponseMsg(field)
    return login.response.assertion[0].subject.nameId.content


for line in sys.stdin:
    order = json.loads(line)
    server = server_for(order["our"], order["ourKey"], order["idp"])
    try:
        name = validate(server, order["field"])
        began = time.process_time()
        for _ in range(order["times"]):
            validate(server, order["field"])
        answer = {"ms": (time.process_time() - began) * 1000 / order["times"], "name": name}
    except lasso.Error as problem:
        answer = {"refused": str(problem)}
    print(json.dumps(answer), flush=True)
