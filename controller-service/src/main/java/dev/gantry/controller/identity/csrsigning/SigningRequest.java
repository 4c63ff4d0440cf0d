package dev.gantry.controller.identity.csrsigning;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a CertificateSigningRequest asks for, and how it is told what became of it. */
public final class SigningRequest {
    private SigningRequest() {}

    /** PKCS #10 in PEM; empty where it is malformed. */
    public static String pem(Resource request) {
        byte[] pem;
        try {
            pem = Base64.getDecoder().decode(Resource.text(request.spec(), "request"));
        } catch (IllegalArgumentException malformed) {
            return "";
        }
        return new String(pem, StandardCharsets.US_ASCII);
    }

    public static List<String> usages(Resource request) {
        List<String> usages = new ArrayList<>();
        request.spec().path("usages").forEach(each -> usages.add(each.asString("")));
        return usages;
    }

    /** Adds a condition that is true to the status of a request. */
    public static void tell(
            ObjectNode status, String type, String reason, String message, Instant now) {
        Resource.array(status, "conditions")
                .addObject()
                .put("type", type)
                .put("status", "True")
                .put("reason", reason)
                .put("message", message)
                .put("lastUpdateTime", Conditions.timestamp(now));
    }
}
