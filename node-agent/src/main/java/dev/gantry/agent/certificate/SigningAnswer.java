package dev.gantry.agent.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What has become of a CertificateSigningRequest. */
public sealed interface SigningAnswer {
    /**
     * @param pem the certificate
     */
    record Issued(String pem) implements SigningAnswer {}

    /**
     * Nobody has decided, or it is not signed yet.
     *
     * @param request its name
     */
    record Waiting(String request) implements SigningAnswer {}

    /** The same request will never be signed. */
    record Refused(String message) implements SigningAnswer {}

    static SigningAnswer of(Resource request) {
        for (String type : List.of("Denied", "Failed")) {
            Optional<JsonNode> found = Conditions.find(request.status().path("conditions"), type);
            if (found.isPresent()) {
                return new Refused(
                        "certificate signing request %s is %s, reason: %s, message: %s"
                                .formatted(
                                        request.name(),
                                        type.toLowerCase(Locale.ROOT),
                                        Resource.text(found.get(), "reason"),
                                        Resource.text(found.get(), "message")));
            }
        }
        String certificate = Resource.text(request.status(), "certificate");
        return certificate.isEmpty()
                ? new Waiting(request.name())
                : new Issued(new String(Base64.getDecoder().decode(certificate), US_ASCII));
    }
}
