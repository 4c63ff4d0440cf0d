package dev.gantry.client.shell.management;

import dev.gantry.client.shell.start.BadSetting;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a service's management port is, and with which certificate.
 *
 * <p>Invariant: beyond loopback there is none without TLS.
 *
 * @param tls empty where the port is open to every process of the machine, and to nobody else
 */
record ManagementPort(InetSocketAddress address, Optional<SSLContext> tls) {
    private static final int MOST_PORT = 65_535;

    /**
     * Empty where no port is set.
     *
     * @param prefix of the settings, such as {@code gantry.scheduler.management-}
     */
    static Optional<ManagementPort> of(SettingSource settings, String prefix) throws IOException {
        String port = prefix + "port";
        if (settings.find(port).isEmpty()) {
            return Optional.empty();
        }
        String name = prefix + "address";
        String given = settings.text(name, "127.0.0.1");
        InetAddress address =
                settings.parsed(name, "an IP address", () -> InetAddress.ofLiteral(given));
        Optional<SSLContext> tls = tls(settings, prefix);
        if (tls.isEmpty() && !address.isLoopbackAddress()) {
            throw new BadSetting(
                    "%s is '%s', so %scertificate-file has to be set: beyond loopback there is no port without TLS"
                            .formatted(name, given, prefix));
        }
        return Optional.of(
                new ManagementPort(
                        new InetSocketAddress(address, settings.number(port, 0, 0, MOST_PORT)),
                        tls));
    }

    private static Optional<SSLContext> tls(SettingSource settings, String prefix)
            throws IOException {
        String name = prefix + "certificate-file";
        if (settings.find(name).isEmpty()) {
            return Optional.empty();
        }
        Path certificate = settings.readableFile(name, "a certificate to serve with");
        Path key = settings.readableFile(prefix + "key-file", "the key of the certificate");
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(
                    KeyMaterial.identity(
                            Pem.certificates(Files.readAllBytes(certificate)),
                            Pem.privateKey(Files.readAllBytes(key))),
                    null,
                    null);
            return Optional.of(tls);
        } catch (GeneralSecurityException unusable) {
            throw new BadSetting(name + ": " + unusable.getMessage());
        }
    }
}
