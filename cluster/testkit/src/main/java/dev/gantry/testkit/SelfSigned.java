package dev.gantry.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A key and a certificate that signed itself, for {@code localhost} and 127.0.0.1.
 *
 * @param store has one entry, called {@link #NAME}, by {@link #PASSWORD}
 */
public record SelfSigned(KeyStore store) {
    public static final String NAME = "gantry";
    static final char[] PASSWORD = "gantry".toCharArray();

    /**
     * By the JDK's tool, as its libraries make no certificates.
     *
     * @param folder where its key may lie
     * @param subject such as {@code CN=somebody}
     */
    public static SelfSigned make(Path folder, String subject)
            throws IOException, GeneralSecurityException {
        Path file = Files.createTempDirectory(folder, "keys").resolve("store.p12");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        NAME,
                        "-dname",
                        subject,
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), UTF_8);
        if (!Files.exists(file)) {
            throw new IOException("keytool made no key: " + said);
        }
        try (var in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return new SelfSigned(store);
        }
    }

    public String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(NAME).getEncoded());
    }

    public String keyPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", store.getKey(NAME, PASSWORD).getEncoded());
    }

    private static String pem(String what, byte[] encoded) {
        String text = Base64.getMimeEncoder().encodeToString(encoded);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text);
    }
}
