package dev.gantry.local.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthorityTest {
    @TempDir Path folder;

    @Test
    void issuesCertificatesThatItsOwnKeyVerifies() throws Exception {
        Authority authority = Authority.in(folder);
        authority.issue(
                new Identity(
                        "node",
                        "system:node:a",
                        List.of("system:nodes"),
                        List.of("10.0.0.1", "::1")));
        X509Certificate issued = read("node.crt");
        issued.verify(read("ca.crt").getPublicKey());
        assertThat(issued.getSubjectX500Principal().getName())
                .isEqualTo("CN=system:node:a,O=system:nodes");
        assertThat(issued.getSubjectAlternativeNames()).hasSize(2);
        assertThat(issued.getExtendedKeyUsage()).hasSize(2);
    }

    @Test
    void theKeyOfAPersonIsOneThatEveryClientReads() throws Exception {
        Authority.in(folder).issue(Identity.admin());
        X509Certificate issued = read("admin.crt");
        issued.verify(read("ca.crt").getPublicKey());
        assertThat(issued.getPublicKey().getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void keepsWhatIsValidStill() throws Exception {
        Identity admin = new Identity("admin", "admin", List.of("system:masters"), List.of());
        Authority.in(folder).issue(admin);
        X509Certificate first = read("admin.crt");
        Authority.in(folder).issue(admin);
        assertThat(read("admin.crt")).isEqualTo(first);
    }

    @Test
    void replacesWhatIsOfATimeBeforeTheClockWasSetBack() throws Exception {
        Identity admin = new Identity("admin", "admin", List.of("system:masters"), List.of());
        Authority.in(folder);
        Authority.in(folder, () -> Instant.now().plus(Duration.ofDays(2))).issue(admin);
        Authority.in(folder).issue(admin);
        read("admin.crt").checkValidity();
    }

    @Test
    void saysThatTheClockMayBeWrongWhereItIsNotValidItself() throws Exception {
        Authority.in(folder, () -> Instant.now().plus(Duration.ofDays(2)));
        assertThatThrownBy(() -> Authority.in(folder))
                .hasMessageContaining(folder.resolve("ca.crt").toString())
                .hasMessageContaining("set the clock");
    }

    @Test
    void letsNobodyElseReadAKey() throws Exception {
        Authority.in(folder).signingPair("sa");
        for (String file : List.of("ca.key", "sa.key")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(folder.resolve("sa.pub")))
                .startsWith("-----BEGIN PUBLIC KEY-----");
    }

    @Test
    void namesTheFileThatIsNotWhatItWas() throws Exception {
        Authority.in(folder);
        Files.writeString(folder.resolve("ca.key"), "rubbish");
        assertThatThrownBy(() -> Authority.in(folder))
                .hasMessage(
                        folder.resolve("ca.key") + " holds no private key: put back what it was");
        Files.writeString(folder.resolve("ca.crt"), "rubbish");
        assertThatThrownBy(() -> Authority.in(folder))
                .hasMessage(
                        folder.resolve("ca.crt") + " holds no certificate: put back what it was");
    }

    private X509Certificate read(String file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(folder.resolve(file))) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
