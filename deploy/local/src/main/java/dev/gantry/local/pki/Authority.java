package dev.gantry.local.pki;

import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's certificate authority: elliptic curve keys (P-256), but where an identity asks for
 * others, in PEM files that only their owner may read. What exists and is valid for another month
 * is kept.
 */
public final class Authority {
    private static final Duration CA_LIFE = Duration.ofDays(3650);
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final X509Certificate certificate;
    private final PrivateKey key;
    private final InstantSource clock;

    private Authority(
            Path folder, X509Certificate certificate, PrivateKey key, InstantSource clock) {
        this.folder = folder;
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
    }

    /** Opens the authority in {@code folder}, founding it at first. */
    public static Authority in(Path folder) throws IOException, GeneralSecurityException {
        return in(folder, InstantSource.system());
    }

    static Authority in(Path folder, InstantSource clock)
            throws IOException, GeneralSecurityException {
        return opened(folder, "ca", "gantry-ca", clock);
    }

    /**
     * The authority of the front proxy alone: what it signed says to extension servers that a
     * request comes from the API server, so none of the cluster's clients may have such a
     * certificate.
     */
    public static Authority frontProxy(Path folder) throws IOException, GeneralSecurityException {
        return opened(folder, "front-proxy-ca", "front-proxy-ca", InstantSource.system());
    }

    private static Authority opened(
            Path folder, String file, String commonName, InstantSource clock)
            throws IOException, GeneralSecurityException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path crt = folder.resolve(file + ".crt");
        Path keyFile = folder.resolve(file + ".key");
        if (!Files.exists(crt)) {
            KeyPair pair = newPair();
            X500Name name = subject(commonName, List.of());
            var builder = builder(name, name, pair.getPublic(), lifeFrom(clock, CA_LIFE));
            add(builder, Extension.basicConstraints, true, new BasicConstraints(true));
            add(
                    builder,
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            KeyUsage.keyCertSign | KeyUsage.digitalSignature | KeyUsage.cRLSign));
            identify(builder, pair.getPublic(), pair.getPublic());
            write(keyFile, "PRIVATE KEY", pair.getPrivate().getEncoded());
            write(crt, "CERTIFICATE", sign(builder, pair.getPrivate()).getEncoded());
        }
        X509Certificate known = readCertificate(crt);
        requireValid(crt, known, clock.instant());
        return new Authority(folder, known, readKey(keyFile), clock);
    }

    /** Nobody would believe what it issues, and each of them would say so in its own way. */
    private static void requireValid(Path crt, X509Certificate known, Instant now)
            throws IOException {
        Instant first = known.getNotBefore().toInstant();
        Instant last = known.getNotAfter().toInstant();
        if (now.isBefore(first) || now.isAfter(last)) {
            throw new IOException(
                    "%s is valid from %s to %s, and this machine's clock says %s: set the clock, if that is wrong"
                            .formatted(crt, first, last, now));
        }
    }

    /** Makes the pair of files of {@code who} unless there is a valid one. */
    public void issue(Identity who) throws IOException, GeneralSecurityException {
        Path crt = folder.resolve(who.fileName() + ".crt");
        if (Files.exists(crt) && isFresh(crt, clock.instant())) {
            return;
        }
        KeyPair pair = who.keyType() == Identity.KeyType.RSA ? newRsaPair() : newPair();
        var builder =
                builder(
                        X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                        subject(who.commonName(), who.organizations()),
                        pair.getPublic(),
                        lifeFrom(clock, LIFE));
        add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        boolean serves = !who.addresses().isEmpty();
        KeyPurposeId[] purposes =
                serves
                        ? new KeyPurposeId[] {
                            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                        }
                        : new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
        add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        if (serves) {
            GeneralName[] names =
                    who.addresses().stream()
                            .map(Authority::generalName)
                            .toArray(GeneralName[]::new);
            add(builder, Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        identify(builder, pair.getPublic(), certificate.getPublicKey());
        write(
                folder.resolve(who.fileName() + ".key"),
                "PRIVATE KEY",
                pair.getPrivate().getEncoded());
        write(crt, "CERTIFICATE", sign(builder, key).getEncoded());
    }

    /** A bare key pair {@code name.key} and {@code name.pub}, such as the one that signs tokens. */
    public void signingPair(String name) throws IOException, GeneralSecurityException {
        Path keyFile = folder.resolve(name + ".key");
        if (Files.exists(keyFile)) {
            return;
        }
        KeyPair pair = newPair();
        write(folder.resolve(name + ".pub"), "PUBLIC KEY", pair.getPublic().getEncoded());
        write(keyFile, "PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** One from the future was issued before the clock was set back. */
    private static boolean isFresh(Path crt, Instant now)
            throws IOException, GeneralSecurityException {
        X509Certificate known = readCertificate(crt);
        return known.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE))
                && !known.getNotBefore().toInstant().isAfter(now);
    }

    private static KeyPair newPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static KeyPair newRsaPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048, RANDOM);
        return generator.generateKeyPair();
    }

    private static X500Name subject(String commonName, List<String> organizations) {
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        organizations.forEach(each -> name.addRDN(BCStyle.O, each));
        name.addRDN(BCStyle.CN, commonName);
        return name.build();
    }

    private record Life(Instant first, Instant last) {}

    /** Clocks of others may be behind by some minutes. */
    private static Life lifeFrom(InstantSource clock, Duration length) {
        Instant now = clock.instant();
        return new Life(now.minus(Duration.ofMinutes(5)), now.plus(length));
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Life life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).setBit(126),
                Date.from(life.first()),
                Date.from(life.last()),
                subject,
                key);
    }

    private static void identify(
            X509v3CertificateBuilder builder, PublicKey subject, PublicKey issuer)
            throws IOException, GeneralSecurityException {
        var ids = new JcaX509ExtensionUtils();
        add(
                builder,
                Extension.subjectKeyIdentifier,
                false,
                ids.createSubjectKeyIdentifier(subject));
        add(
                builder,
                Extension.authorityKeyIdentifier,
                false,
                ids.createAuthorityKeyIdentifier(issuer));
    }

    private static void add(
            X509v3CertificateBuilder builder,
            org.bouncycastle.asn1.ASN1ObjectIdentifier type,
            boolean isCritical,
            org.bouncycastle.asn1.ASN1Encodable value)
            throws IOException {
        builder.addExtension(type, isCritical, value);
    }

    private static GeneralName generalName(String address) {
        boolean isIp = address.indexOf(':') >= 0 || address.matches("[0-9.]+");
        return new GeneralName(isIp ? GeneralName.iPAddress : GeneralName.dNSName, address);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException unusable) {
            throw new GeneralSecurityException("cannot sign with the authority's key", unusable);
        }
    }

    private static X509Certificate readCertificate(Path file)
            throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException malformed) {
            throw new IOException(file + " holds no certificate: put back what it was", malformed);
        }
    }

    /** Cost: without BouncyCastle, whose many classes are loaded only where there is to sign. */
    private static PrivateKey readKey(Path file) throws IOException {
        byte[] pem = Files.readAllBytes(file);
        try {
            if (new String(pem, StandardCharsets.US_ASCII).contains("BEGIN PRIVATE KEY")) {
                return Pem.privateKey(pem);
            }
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw notAKey(file, malformed);
        }
        throw notAKey(file, null);
    }

    private static IOException notAKey(Path file, @Nullable Exception why) {
        return new IOException(file + " holds no private key: put back what it was", why);
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        PrivateFile.write(file, Pem.write(type, content));
    }
}
