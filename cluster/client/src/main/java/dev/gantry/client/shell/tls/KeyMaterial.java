package dev.gantry.client.shell.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Certificates and keys in the form in which TLS takes them. */
public final class KeyMaterial {
    private static final char[] NO_PASSWORD = new char[0];

    private KeyMaterial() {}

    /** Shows the chain, whose first certificate is that of the key. */
    public static KeyManager[] identity(List<X509Certificate> chain, PrivateKey key)
            throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** Trusts what these authorities signed, and nothing else. */
    public static X509TrustManager trusting(List<X509Certificate> authorities)
            throws IOException, GeneralSecurityException {
        return trustOf(storeOf(authorities));
    }

    /** A store that holds these authorities, and nothing else. */
    public static KeyStore storeOf(List<X509Certificate> authorities)
            throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        for (X509Certificate each : authorities) {
            store.setCertificateEntry("authority-" + store.size(), each);
        }
        return store;
    }

    /** Trusts the authorities that the JDK trusts. */
    public static X509TrustManager trustingPublicAuthorities() throws GeneralSecurityException {
        return trustOf(null);
    }

    private static X509TrustManager trustOf(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
