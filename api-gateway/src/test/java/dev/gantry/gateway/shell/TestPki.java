package dev.gantry.gateway.shell;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import tools.jackson.databind.json.JsonMapper;

/** An authority made for one test, with whatever it signs. */
public final class TestPki {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    /** A key and what is certified about it. */
    public record Pair(KeyPair keys, X509Certificate certificate) {}

    private final Path folder;
    private final Pair authority;
    private final KeyPair tokenKeys;

    public TestPki(Path folder) throws Exception {
        this.folder = folder;
        this.authority = selfSigned("CN=test-ca");
        this.tokenKeys = keys();
        write("ca.crt", "CERTIFICATE", authority.certificate().getEncoded());
        writePair("apiserver", sign("CN=kube-apiserver", Duration.ofDays(1)));
        writePair("gateway-client", sign("CN=system:gantry:gateway", Duration.ofDays(1)));
        writePair("front-proxy-client", sign("CN=front-proxy-client", Duration.ofDays(1)));
        write("sa.pub", "PUBLIC KEY", tokenKeys.getPublic().getEncoded());
    }

    public Path folder() {
        return folder;
    }

    public KeyPair tokenKeys() {
        return tokenKeys;
    }

    /** A token as the state service makes them. */
    public String token(String namespace, String account, String uid, Instant expires)
            throws JOSEException {
        return token(namespace, account, uid, expires, Map.of());
    }

    /**
     * @param bound what else it is bound to, by kind: each a name and a uid
     */
    public String token(
            String namespace,
            String account,
            String uid,
            Instant expires,
            Map<String, Map<String, String>> bound)
            throws JOSEException {
        var own = new TreeMap<String, Object>(bound);
        own.put("namespace", namespace);
        own.put("serviceaccount", Map.of("name", account, "uid", uid));
        var claims =
                Map.of(
                        "iss",
                        "https://kubernetes.default.svc.cluster.local",
                        "sub",
                        "system:serviceaccount:" + namespace + ":" + account,
                        "aud",
                        List.of("https://kubernetes.default.svc.cluster.local"),
                        "exp",
                        expires.getEpochSecond(),
                        "kubernetes.io",
                        own);
        var signed =
                new JWSObject(
                        new JWSHeader(JWSAlgorithm.ES256),
                        new Payload(JsonMapper.shared().writeValueAsString(claims)));
        signed.sign(new ECDSASigner((ECPrivateKey) tokenKeys.getPrivate()));
        return signed.serialize();
    }

    /** A certificate for client and server use on loopback. */
    public Pair sign(String subject, Duration validFor) throws Exception {
        return sign(
                subject, validFor, KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth);
    }

    /** One for those purposes only; without any, it says nothing about purposes. */
    public Pair sign(String subject, Duration validFor, KeyPurposeId... purposes) throws Exception {
        KeyPair keys = keys();
        X509v3CertificateBuilder builder =
                builder(new X500Name("CN=test-ca"), subject, keys, validFor);
        if (purposes.length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName[] {
                            new GeneralName(GeneralName.dNSName, "localhost"),
                            new GeneralName(GeneralName.dNSName, "extension.apps.svc"),
                            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                        }));
        return new Pair(keys, signed(builder, authority.keys()));
    }

    public static Pair selfSigned(String subject) throws Exception {
        KeyPair keys = keys();
        X509v3CertificateBuilder builder =
                builder(new X500Name(subject), subject, keys, Duration.ofDays(1));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return new Pair(keys, signed(builder, keys));
    }

    /** Trusts the authority and shows a certificate of that subject. */
    public SSLContext clientOf(String subject) throws Exception {
        return client(sign(subject, Duration.ofHours(1)));
    }

    /** As {@link #clientOf}, with that certificate; of use to a server, too. */
    public SSLContext client(Pair pair) throws Exception {
        KeyManager[] own =
                KeyMaterial.identity(List.of(pair.certificate()), pair.keys().getPrivate());
        // The JDK's own choice leaves out certificates that the server does not ask for.
        return context(new StubbornKeyManager(own[0]));
    }

    public SSLContext anonymousClient() throws Exception {
        return context();
    }

    private SSLContext context(KeyManager... own) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager trust = KeyMaterial.trusting(List.of(authority.certificate()));
        context.init(own, new TrustManager[] {trust}, null);
        return context;
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, String subject, KeyPair keys, Duration validFor) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(now.minusSeconds(7200)),
                Date.from(now.plus(validFor)),
                new X500Name(subject),
                keys.getPublic());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair by)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(by.getPrivate())));
    }

    private void writePair(String name, Pair pair) throws Exception {
        write(name + ".crt", "CERTIFICATE", pair.certificate().getEncoded());
        write(name + ".key", "PRIVATE KEY", pair.keys().getPrivate().getEncoded());
    }

    private void write(String name, String type, byte[] content) throws IOException {
        Files.writeString(folder.resolve(name), Pem.write(type, content));
    }

    private static final class StubbornKeyManager extends javax.net.ssl.X509ExtendedKeyManager {
        private final javax.net.ssl.X509ExtendedKeyManager inner;

        StubbornKeyManager(KeyManager inner) {
            this.inner = (javax.net.ssl.X509ExtendedKeyManager) inner;
        }

        @Override
        public String[] getClientAliases(String keyType, java.security.Principal[] issuers) {
            return inner.getClientAliases(keyType, null);
        }

        @Override
        public String chooseClientAlias(
                String[] keyType, java.security.Principal[] issuers, Socket socket) {
            return inner.chooseClientAlias(keyType, null, socket);
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyType,
                java.security.Principal[] issuers,
                javax.net.ssl.SSLEngine engine) {
            return inner.chooseEngineClientAlias(keyType, null, engine);
        }

        @Override
        public String[] getServerAliases(String keyType, java.security.Principal[] issuers) {
            return inner.getServerAliases(keyType, issuers);
        }

        @Override
        public String chooseServerAlias(
                String keyType, java.security.Principal[] issuers, Socket socket) {
            return inner.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public String chooseEngineServerAlias(
                String keyType, java.security.Principal[] issuers, javax.net.ssl.SSLEngine engine) {
            return inner.chooseEngineServerAlias(keyType, issuers, engine);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return inner.getCertificateChain(alias);
        }

        @Override
        public java.security.PrivateKey getPrivateKey(String alias) {
            return inner.getPrivateKey(alias);
        }
    }
}
