package dev.gantry.gateway.shell.tls;

import java.nio.file.Path;

/** The files of the cluster's keys and certificates, by their fixed names in one folder. */
public record Pki(Path folder) {
    public Path authority() {
        return folder.resolve("ca.crt");
    }

    public Path servingCertificate() {
        return folder.resolve("apiserver.crt");
    }

    public Path servingKey() {
        return folder.resolve("apiserver.key");
    }

    /** What the gateway shows to agents and to the state service. */
    public Path clientCertificate() {
        return folder.resolve("gateway-client.crt");
    }

    public Path clientKey() {
        return folder.resolve("gateway-client.key");
    }

    /** What the gateway shows to extension servers. */
    public Path frontProxyCertificate() {
        return folder.resolve("front-proxy-client.crt");
    }

    public Path frontProxyKey() {
        return folder.resolve("front-proxy-client.key");
    }

    public Path tokenKey() {
        return folder.resolve("sa.pub");
    }
}
