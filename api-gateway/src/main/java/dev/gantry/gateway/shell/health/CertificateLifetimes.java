package dev.gantry.gateway.shell.health;

import dev.gantry.client.shell.metrics.Histogram;
import java.time.Duration;

/**
 * For how long the certificates that clients showed are still good, at each request.
 *
 * <p>Compat: {@code apiserver/pkg/authentication/request/x509}.
 */
public final class CertificateLifetimes {
    private static final String NAME = "apiserver_client_certificate_expiration_seconds";
    private static final double[] BOUNDS = {
        0,
        1_800,
        3_600,
        7_200,
        21_600,
        43_200,
        86_400,
        172_800,
        345_600,
        604_800,
        2_592_000,
        7_776_000,
        15_552_000,
        31_104_000
    };

    private final Histogram left = new Histogram(BOUNDS);

    public void add(Duration remaining) {
        left.add(remaining);
    }

    public void append(StringBuilder text) {
        text.append("# TYPE ").append(NAME).append(" histogram\n");
        left.append(NAME, "", text);
    }
}
