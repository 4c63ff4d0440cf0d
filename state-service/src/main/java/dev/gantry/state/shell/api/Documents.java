package dev.gantry.state.shell.api;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.state.registry.option.Query;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers the paths that name no resource: what there is, and who signs the tokens. */
final class Documents {
    private static final String KEY_SET_PATH = "/openid/v1/jwks";

    private final TokenSigner signer;

    Documents(TokenSigner signer) {
        this.signer = signer;
    }

    ApiReply serve(ApiCall call, ApiRequest request, Query query) {
        if (!request.verb().equals("get") && !request.verb().equals("head")) {
            throw new Refused(new Refusal.NoSuchPath());
        }
        return switch (request.path()) {
            case "/.well-known/openid-configuration" -> Replies.json(200, configuration());
            case KEY_SET_PATH ->
                    Replies.whole(
                            200,
                            "application/jwk-set+json",
                            JsonMapper.shared().writeValueAsBytes(signer.keySet()));
            default -> throw new Refused(new Refusal.NoSuchPath());
        };
    }

    /** Compat: OpenID Connect discovery, as far as a verifier of tokens needs it. */
    private ObjectNode configuration() {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        document.put("issuer", signer.issuer()).put("jwks_uri", signer.issuer() + KEY_SET_PATH);
        document.putArray("response_types_supported").add("id_token");
        document.putArray("subject_types_supported").add("public");
        document.putArray("id_token_signing_alg_values_supported").add("ES256");
        return document;
    }
}
