package dev.gantry.state.kind.certificates.certificatesigningrequest;

import dev.gantry.state.validation.Field;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compat: {@code validateCertificate}. */
final class CertificateRules {
    private CertificateRules() {}

    /** One that is stored stays. */
    static void check(Field certificate, JsonNode stored) {
        if (certificate.isEmpty()) {
            if (!stored.asString("").isEmpty()) {
                unchangeable(certificate);
            }
            return;
        }
        List<Pem> blocks = Pem.all(certificate.text());
        if (blocks.isEmpty()) {
            report(certificate, "must contain at least one CERTIFICATE PEM block");
        }
        for (Pem block : blocks) {
            if (!block.type().equals("CERTIFICATE")) {
                report(
                        certificate,
                        "only CERTIFICATE PEM blocks are allowed, found \"%s\""
                                .formatted(block.type()));
                return;
            }
            if (block.hasHeaders()) {
                report(certificate, "no PEM block headers are permitted");
                return;
            }
            if (!isCertificate(block.content())) {
                report(certificate, "x509: malformed certificate");
                return;
            }
        }
        boolean isOther =
                !stored.asString("").isEmpty() && !stored.asString("").equals(certificate.text());
        if (isOther) {
            unchangeable(certificate);
        }
    }

    private static void unchangeable(Field certificate) {
        certificate.forbidden("updates may not modify existing certificate content");
    }

    private static void report(Field certificate, String why) {
        certificate.invalidAs("\"<certificate data>\"", why);
    }

    private static boolean isCertificate(byte[] content) {
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(content));
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }
}
