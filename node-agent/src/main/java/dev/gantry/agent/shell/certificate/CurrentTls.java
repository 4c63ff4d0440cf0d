package dev.gantry.agent.shell.certificate;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS that shows the key and certificate of a file as it is now.
 *
 * <p>A file that was replaced makes a context of its own, since sessions of the former one would be
 * resumed with the certificate that they began with.
 */
public final class CurrentTls implements Supplier<Optional<SSLContext>> {
    private final Path pair;
    private final X509TrustManager trust;
    private @Nullable Loaded loaded;

    private record Loaded(FileTime time, SSLContext context) {}

    public CurrentTls(Path pair, X509TrustManager trust) {
        this.pair = pair;
        this.trust = trust;
    }

    /** Empty while there is no certificate. */
    @Override
    public synchronized Optional<SSLContext> get() {
        try {
            FileTime time = Files.getLastModifiedTime(pair);
            Loaded known = loaded;
            if (known == null || !known.time.equals(time)) {
                known = new Loaded(time, load());
                loaded = known;
            }
            return Optional.of(known.context);
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        } catch (IOException | GeneralSecurityException fault) {
            throw new IllegalStateException(pair + " cannot be read", fault);
        }
    }

    private SSLContext load() throws IOException, GeneralSecurityException {
        byte[] text = Files.readAllBytes(pair);
        var keys = KeyMaterial.identity(Pem.certificates(text), Pem.privateKey(text));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new X509TrustManager[] {trust}, null);
        return context;
    }
}
