package dev.gantry.client.shell.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;

final class PemTest {
    @Test
    void readsBackWhatItWrites() throws Exception {
        KeyPair key = KeyPairGenerator.getInstance("EC").generateKeyPair();

        String text =
                Pem.write("PRIVATE KEY", key.getPrivate().getEncoded())
                        + Pem.write("PUBLIC KEY", key.getPublic().getEncoded());

        assertThat(Pem.privateKey(text.getBytes(US_ASCII))).isEqualTo(key.getPrivate());
        assertThat(Pem.publicKey(text.getBytes(US_ASCII))).isEqualTo(key.getPublic());
    }

    /** As RFC 7468 wants it, which OpenSSL and Go go by. */
    @Test
    void hasLinesOfSixtyFour() {
        assertThat(Pem.write("CERTIFICATE", new byte[75]))
                .isEqualTo(
                        "-----BEGIN CERTIFICATE-----\n%s\n%s\n-----END CERTIFICATE-----\n"
                                .formatted("A".repeat(64), "A".repeat(36)));
    }
}
