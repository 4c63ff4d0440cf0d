package dev.gantry.controller.identity.csrsigning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.shell.signing.KeyAuthority;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsrSigningControllerTest {
    private static final GroupResource REQUESTS = Kinds.CERTIFICATE_SIGNING_REQUEST.resource();
    private static final String CLIENT = "kubernetes.io/kube-apiserver-client";

    @TempDir private Path folder;
    private final KeyPair ca = pair();
    private SimulatedApi api = new SimulatedApi();

    @BeforeEach
    void foundAuthority() throws Exception {
        var name = new X500Name("CN=ca");
        var now = Instant.parse("2026-01-01T00:00:00Z");
        var certificate =
                new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now),
                                Date.from(now.plusSeconds(400L * 24 * 3600)),
                                name,
                                ca.getPublic())
                        .build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(ca.getPrivate()));
        Path crt = Files.writeString(folder.resolve("ca.crt"), pem(certificate));
        Path key =
                Files.writeString(
                        folder.resolve("ca.key"),
                        pem(new JcaPKCS8Generator(ca.getPrivate(), null)));
        api = new SimulatedApi(new CsrSigningController(KeyAuthority.read(crt, key)));
    }

    @Test
    void signsAnApprovedClientForAsLongAsItAsks() throws Exception {
        request("jane", CLIENT, "CN=jane,O=dev", "digital signature,client auth", 3600);
        api.settle();
        assertThat(stored("jane").status().path("certificate").isMissingNode()).isTrue();

        approve("jane");
        X509Certificate issued = certificate("jane");
        issued.verify(ca.getPublic());
        assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("O=dev,CN=jane");
        assertThat(issued.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(issued.getKeyUsage()[0]).isTrue();
        assertThat(issued.getBasicConstraints()).isEqualTo(-1);
        assertThat(issued.getNotAfter().toInstant()).isEqualTo(api.now().plusSeconds(3600));
        int writes = api.actions();
        api.pass(3600);
        assertThat(api.actions()).isEqualTo(writes);
    }

    @Test
    void neverOutlivesTheAuthority() throws Exception {
        request("jane", CLIENT, "CN=jane", "client auth", 0);
        api.pass(100 * 24 * 3600);
        approve("jane");

        assertThat(certificate("jane").getNotAfter().toInstant())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(400L * 24 * 3600));
    }

    @Test
    void givesAServingCertificateOfANodeItsNames() throws Exception {
        request(
                "n1",
                "kubernetes.io/kubelet-serving",
                "CN=system:node:n1,O=system:nodes",
                "digital signature,server auth",
                0);
        approve("n1");

        assertThat(certificate("n1").getSubjectAlternativeNames())
                .containsExactly(List.of(2, "n1.example"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kube-apiserver-client | CN=a | server auth | invalid usage for client certificate:"
                        + " server auth",
                "kube-apiserver-client | CN=a | digital signature | missing required usage for client"
                        + " certificate: client auth",
                "kube-apiserver-client | CN=system:gantry:gateway | client auth | subject common name"
                        + " must not begin with system:gantry:",
                "kube-apiserver-client | CN=a,O=system:masters | client auth | use of"
                        + " kubernetes.io/kube-apiserver-client signer with system:masters group is"
                        + " not allowed",
                "kube-apiserver-client | CN=a,CN=b | client auth | unable to parse csr \"x\"",
                "kube-apiserver-client-kubelet | CN=system:node:a | client auth,digital signature |"
                        + " subject organization is not system:nodes",
                "kube-apiserver-client-kubelet | CN=a,O=system:nodes | client auth,digital signature"
                        + " | subject common name does not begin with system:node:",
                "kubelet-serving | CN=system:node:a,O=system:nodes | client auth | DNS or IP"
                        + " subjectAltName is required"
            })
    void saysWhatASignerDoesNotSign(String signer, String subject, String usages, String why)
            throws Exception {
        request("x", "kubernetes.io/" + signer, subject, usages, 0);
        approve("x");

        var failed = stored("x").status().path("conditions").path(1);
        assertThat(Resource.text(failed, "type")).isEqualTo("Failed");
        assertThat(Resource.text(failed, "reason")).isEqualTo("SignerValidationFailure");
        assertThat(Resource.text(failed, "message")).isEqualTo(why);
        assertThat(stored("x").status().path("certificate").isMissingNode()).isTrue();
    }

    @Test
    void leavesSignersOfOthersAlone() throws Exception {
        request("x", "example.com/signer", "CN=a", "client auth", 0);
        approve("x");

        assertThat(stored("x").status().path("conditions").size()).isEqualTo(1);
    }

    @Test
    void readsAddressesInTheirCanonicalForm() throws Exception {
        String asked =
                text(
                        "CN=a",
                        new GeneralName(GeneralName.dNSName, "n1"),
                        new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
                        new GeneralName(GeneralName.iPAddress, "2001:db8:0:0:0:0:0:1"));

        assertThat(KeyAuthority.subjectOf(asked))
                .contains(
                        new CertificateAuthority.Subject(
                                "a",
                                List.of(),
                                List.of("n1"),
                                List.of("192.0.2.1", "2001:db8::1"),
                                List.of()));
    }

    private void request(String name, String signer, String subject, String usages, int seconds)
            throws Exception {
        String text =
                subject.endsWith("n1,O=system:nodes")
                        ? text(subject, new GeneralName(GeneralName.dNSName, "n1.example"))
                        : text(subject);
        String base64 =
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        api.create(
                REQUESTS,
                SimulatedApi.object(
                        """
                        {'metadata':{'name':'%s'},'spec':{'signerName':'%s','request':'%s',
                         'usages':['%s']%s},'status':{}}
                        """
                                .formatted(
                                        name,
                                        signer,
                                        base64,
                                        usages.replace(",", "','"),
                                        seconds == 0 ? "" : ",'expirationSeconds':" + seconds)));
    }

    private static String text(String subject, GeneralName... names) throws Exception {
        KeyPair keys = pair();
        var builder =
                new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic());
        if (names.length > 0) {
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names));
            builder.addAttribute(
                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return pem(builder.build(signer));
    }

    private void approve(String name) {
        Resource approved = stored(name).copy();
        Resource.array(Resource.child(approved.tree(), "status"), "conditions")
                .addObject()
                .put("type", "Approved")
                .put("status", "True");
        api.putStatus(REQUESTS, approved);
        api.settle();
    }

    private Resource stored(String name) {
        return api.get(new ObjectKey(REQUESTS, "", name)).orElseThrow();
    }

    private X509Certificate certificate(String name) throws Exception {
        byte[] text =
                Base64.getDecoder().decode(Resource.text(stored(name).status(), "certificate"));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(text));
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (java.security.GeneralSecurityException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static String pem(Object object) throws Exception {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
