package dev.gantry.monitoring.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A key and a certificate that signed itself, for localhost, made by the JDK's tool. */
record TestCertificate(Path folder, String name, String subject) {
    private static final char[] PASSWORD = "gantry".toCharArray();

    /** As {@code NAME.crt} and {@code NAME.key}. */
    void write() throws IOException, GeneralSecurityException {
        KeyStore store = made();
        Files.writeString(
                folder.resolve(name + ".crt"),
                pem("CERTIFICATE", store.getCertificate(name).getEncoded()));
        Files.writeString(
                folder.resolve(name + ".key"),
                pem("PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded()));
    }

    private KeyStore made() throws IOException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        name,
                        "-dname",
                        subject,
                        "-ext",
                        "SAN=dns:localhost",
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
            return store;
        }
    }

    private static String pem(String what, byte[] encoded) {
        String text = Base64.getMimeEncoder().encodeToString(encoded);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text);
    }
}
