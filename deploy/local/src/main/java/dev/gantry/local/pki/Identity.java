package dev.gantry.local.pki;

import java.util.List;

/**
 * Whom a certificate is for.
 *
 * @param fileName of the {@code .crt} and {@code .key} pair
 * @param addresses DNS names and IP addresses that it may serve as; empty for a pure client
 */
public record Identity(
        String fileName,
        String commonName,
        List<String> organizations,
        List<String> addresses,
        KeyType keyType) {
    /** By which algorithm its key is made. */
    public enum KeyType {
        /** Elliptic curve P-256: small and fast. */
        EC,
        /**
         * RSA of 2048 bits, for kubeconfigs that people give to whatever client they have: fabric8
         * reads no elliptic curve keys without a library of its own for them.
         */
        RSA
    }

    /** Of the API server before extension servers, by {@link Authority#frontProxy}. */
    public static final Identity FRONT_PROXY =
            new Identity("front-proxy-client", "front-proxy-client", List.of(), List.of());

    /** Of the monitoring service before the API server. */
    public static final Identity METRICS =
            new Identity(
                    "metrics-server",
                    "metrics-server",
                    List.of(),
                    List.of("metrics-server.kube-system.svc"));

    public Identity(
            String fileName,
            String commonName,
            List<String> organizations,
            List<String> addresses) {
        this(fileName, commonName, organizations, addresses, KeyType.EC);
    }

    /** The person who may do everything. */
    public static Identity admin() {
        return new Identity(
                "admin", "kubernetes-admin", List.of("system:masters"), List.of(), KeyType.RSA);
    }
}
