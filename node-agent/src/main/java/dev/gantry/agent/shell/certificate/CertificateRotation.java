package dev.gantry.agent.shell.certificate;

import dev.gantry.agent.certificate.NodeCertificate;
import dev.gantry.agent.certificate.Renewal;
import dev.gantry.agent.certificate.SigningAnswer;
import dev.gantry.client.shell.loop.Loop;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one certificate of the node: asks for it where there is none, and again before it ends. */
public final class CertificateRotation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateRotation.class);

    /** Clocks are set, and a timer of months is none. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration FIRST_LOOK = Duration.ofMillis(500);
    private static final Duration LAST_LOOK = Duration.ofSeconds(15);
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    private final NodeCertificate certificate;
    private final CertificateFolder folder;
    private final CertificateSigning signing;
    private final Terms terms;
    private final Loop loop;
    private Duration look = FIRST_LOOK;

    /**
     * @param mayAsk whether the cluster knows what it has to, to approve the request
     * @param onRenewed called after a new one is in its file
     * @param chance from 0 to 1, see {@link Renewal}
     */
    public record Terms(
            BooleanSupplier mayAsk, Runnable onRenewed, double chance, InstantSource clock) {}

    public CertificateRotation(
            NodeCertificate certificate,
            CertificateFolder folder,
            CertificateSigning signing,
            Terms terms) {
        this.certificate = certificate;
        this.folder = folder;
        this.signing = signing;
        this.terms = terms;
        this.loop = new Loop("certificate-" + certificate.fileName(), this::run);
    }

    public CertificateRotation start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws IOException, InterruptedException {
        while (loop.pause(step())) {
            continue;
        }
    }

    /** Returns for how long there is nothing to do. */
    Duration step() throws IOException {
        Duration rest = untilDue();
        if (rest.isPositive()) {
            return rest.compareTo(LONGEST) < 0 ? rest : LONGEST;
        }
        if (!terms.mayAsk.getAsBoolean()) {
            return FIRST_LOOK;
        }
        return switch (signing.step(certificate)) {
            case SigningAnswer.Issued _ -> {
                look = FIRST_LOOK;
                LOG.info("there is a new certificate in {}", folder.pair(certificate));
                terms.onRenewed.run();
                yield FIRST_LOOK;
            }
            case SigningAnswer.Waiting _ -> nextLook();
            case SigningAnswer.Refused(String message) -> {
                LOG.warn("no new certificate {}: {}", certificate.fileName(), message);
                yield AFTER_REFUSAL;
            }
        };
    }

    private Duration untilDue() throws IOException {
        Optional<X509Certificate> held = folder.current(certificate);
        if (held.isEmpty()) {
            return Duration.ZERO;
        }
        Instant due =
                Renewal.due(
                        held.get().getNotBefore().toInstant(),
                        held.get().getNotAfter().toInstant(),
                        terms.chance);
        return Duration.between(terms.clock.instant(), due);
    }

    private Duration nextLook() {
        Duration now = look;
        Duration longer = look.multipliedBy(2);
        look = longer.compareTo(LAST_LOOK) < 0 ? longer : LAST_LOOK;
        return now;
    }
}
