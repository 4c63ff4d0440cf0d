package dev.gantry.controller.identity.csrsigning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads requests and signs certificates with the key of the cluster. */
public interface CertificateAuthority {
    /**
     * What a PKCS #10 request asks for.
     *
     * @param addresses IP addresses in their canonical form
     * @param others subject alternative names that are neither DNS names nor addresses, as {@code
     *     email} or {@code URI}
     */
    record Subject(
            String commonName,
            List<String> organizations,
            List<String> dnsNames,
            List<String> addresses,
            List<String> others) {}

    /**
     * @param usages as the request names them
     */
    record Wanted(String pem, List<String> usages, Instant from, Instant until) {}

    /** Empty where it is no PEM of a request, or its signature is wrong. */
    Optional<Subject> read(String pem);

    /** The certificate as PEM; it ends no later than that of the authority. */
    String sign(Wanted wanted);
}
