package dev.gantry.controller.shell.signing;

import dev.gantry.client.shell.tls.Pem;
import dev.gantry.controller.identity.csrsigning.CertificateAuthority;
import dev.gantry.model.address.Address;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** Signs with a key that was read from a file at the start. */
public final class KeyAuthority implements CertificateAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, Integer> KEY_USAGES =
            Map.of(
                    "signing", KeyUsage.digitalSignature,
                    "digital signature", KeyUsage.digitalSignature,
                    "content commitment", KeyUsage.nonRepudiation,
                    "key encipherment", KeyUsage.keyEncipherment,
                    "key agreement", KeyUsage.keyAgreement,
                    "data encipherment", KeyUsage.dataEncipherment,
                    "cert sign", KeyUsage.keyCertSign,
                    "crl sign", KeyUsage.cRLSign,
                    "encipher only", KeyUsage.encipherOnly,
                    "decipher only", KeyUsage.decipherOnly);
    private static final Map<String, KeyPurposeId> PURPOSES =
            Map.of(
                    "any", KeyPurposeId.anyExtendedKeyUsage,
                    "server auth", KeyPurposeId.id_kp_serverAuth,
                    "client auth", KeyPurposeId.id_kp_clientAuth,
                    "code signing", KeyPurposeId.id_kp_codeSigning,
                    "email protection", KeyPurposeId.id_kp_emailProtection,
                    "s/mime", KeyPurposeId.id_kp_emailProtection,
                    "timestamping", KeyPurposeId.id_kp_timeStamping,
                    "ocsp signing", KeyPurposeId.id_kp_OCSPSigning);

    private final X509CertificateHolder certificate;
    private final PrivateKey key;

    private KeyAuthority(X509CertificateHolder certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    public static KeyAuthority read(Path certificate, Path key) throws IOException {
        try (var crt = new PEMParser(Files.newBufferedReader(certificate));
                var pem = new PEMParser(Files.newBufferedReader(key))) {
            Object found = pem.readObject();
            PrivateKeyInfo info =
                    found instanceof PEMKeyPair pair
                            ? pair.getPrivateKeyInfo()
                            : (PrivateKeyInfo) found;
            return new KeyAuthority(
                    (X509CertificateHolder) crt.readObject(),
                    new JcaPEMKeyConverter().getPrivateKey(info));
        } catch (ClassCastException other) {
            throw new IOException(key + " or " + certificate + " holds something else", other);
        }
    }

    @Override
    public Optional<Subject> read(String pem) {
        return subjectOf(pem);
    }

    /** Of a PKCS #10 request in PEM; for which no key is needed. */
    public static Optional<Subject> subjectOf(String pem) {
        // Of several common names, each reader would believe another.
        return parse(pem)
                .filter(each -> values(each.getSubject(), BCStyle.CN).size() <= 1)
                .map(KeyAuthority::subject);
    }

    private static Optional<PKCS10CertificationRequest> parse(String pem) {
        try (var parser = new PEMParser(new StringReader(pem))) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest request)) {
                return Optional.empty();
            }
            var verifier =
                    new JcaContentVerifierProviderBuilder()
                            .build(request.getSubjectPublicKeyInfo());
            return request.isSignatureValid(verifier) ? Optional.of(request) : Optional.empty();
        } catch (IOException
                | PKCSException
                | OperatorCreationException
                | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Subject subject(PKCS10CertificationRequest request) {
        List<String> dns = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (GeneralName each : names(request)) {
            switch (each.getTagNo()) {
                case GeneralName.dNSName -> dns.add(each.getName().toString());
                case GeneralName.iPAddress -> addresses.add(address(each));
                case GeneralName.rfc822Name -> others.add("Email");
                default -> others.add("URI");
            }
        }
        List<String> common = values(request.getSubject(), BCStyle.CN);
        return new Subject(
                common.isEmpty() ? "" : common.getFirst(),
                values(request.getSubject(), BCStyle.O),
                dns,
                addresses,
                others);
    }

    /** Empty where it is none, as a name that is nobody's. */
    private static String address(GeneralName name) {
        byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
        return octets.length == 4 || octets.length == 16
                ? Address.ofHex(HexFormat.of().formatHex(octets)).toString()
                : "";
    }

    private static List<String> values(
            X500Name subject, org.bouncycastle.asn1.ASN1ObjectIdentifier type) {
        List<String> values = new ArrayList<>();
        for (RDN each : subject.getRDNs(type)) {
            for (var pair : each.getTypesAndValues()) {
                if (pair.getType().equals(type)) {
                    values.add(IETFUtils.valueToString(pair.getValue()));
                }
            }
        }
        return values;
    }

    private static List<GeneralName> names(PKCS10CertificationRequest request) {
        Extensions extensions = request.getRequestedExtensions();
        if (extensions == null) {
            return List.of();
        }
        GeneralNames names =
                GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        return names == null ? List.of() : List.of(names.getNames());
    }

    @Override
    public String sign(Wanted wanted) {
        PKCS10CertificationRequest request = parse(wanted.pem()).orElseThrow();
        Instant end = certificate.getNotAfter().toInstant();
        var builder =
                new X509v3CertificateBuilder(
                        certificate.getSubject(),
                        new BigInteger(127, RANDOM).setBit(126),
                        Date.from(wanted.from()),
                        Date.from(wanted.until().isBefore(end) ? wanted.until() : end),
                        request.getSubject(),
                        request.getSubjectPublicKeyInfo());
        try {
            extend(builder, request, wanted.usages());
            String algorithm =
                    key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            var signed = builder.build(new JcaContentSignerBuilder(algorithm).build(key));
            return Pem.write("CERTIFICATE", signed.getEncoded());
        } catch (IOException | OperatorCreationException fault) {
            throw new IllegalStateException("cannot sign with the cluster's key", fault);
        }
    }

    private static void extend(
            X509v3CertificateBuilder builder,
            PKCS10CertificationRequest request,
            List<String> usages)
            throws IOException {
        int bits =
                usages.stream()
                        .mapToInt(each -> KEY_USAGES.getOrDefault(each, 0))
                        .reduce(0, (a, b) -> a | b);
        if (bits != 0) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
        }
        KeyPurposeId[] purposes =
                usages.stream()
                        .filter(PURPOSES::containsKey)
                        .map(PURPOSES::get)
                        .distinct()
                        .toArray(KeyPurposeId[]::new);
        if (purposes.length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        List<GeneralName> names = names(request);
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(names.toArray(GeneralName[]::new)));
        }
    }
}
