package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.tls.Pem;
import dev.gantry.client.shell.tls.PemFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another machine becomes a node, with nothing but what {@code token create} prints. */
@ExtendWith(Cluster.Shared.class)
final class JoinTest {
    private static final String NODE = "joined";

    @Test
    void aMachineJoinsRunsAPodRenewsItsCertificateAndLeaves(Cluster cluster) throws Exception {
        try (var machine = new JoinedMachine(cluster.instance(3).node(3));
                var namespace = new TestNamespace(cluster)) {
            String command = command(cluster);
            refusals(machine, command);
            try {
                machine.join(command, NODE);
                ready(cluster);
                runsAPod(namespace);
                renews(cluster, machine);
                hears(namespace);
                leaves(cluster, machine);
                TestNamespace.eventually(
                        () ->
                                namespace
                                        .tryKubectl("get", "pod", "guest")
                                        .errors()
                                        .contains("NotFound"));
            } finally {
                machine.stopAgent();
                cluster.tryKubectl("delete", "node", NODE, "--ignore-not-found");
            }
        }
    }

    private static String command(Cluster cluster) {
        Cluster.Result made = cluster.launcher("token", "create", "--ttl", "1h");
        assertThat(made.code()).as(made.text()).isZero();
        return made.out().replace("bin/gantry-agent join ", "");
    }

    private static void refusals(JoinedMachine machine, String command) {
        Cluster.Result taken = machine.tryToJoin(command, "node-1");
        assertThat(taken.code()).isEqualTo(1);
        assertThat(taken.errors()).contains("has a node node-1 already");
        Cluster.Result forged =
                machine.tryToJoin(command.replaceFirst("sha256:....", "sha256:0000"), NODE);
        assertThat(forged.code()).isEqualTo(1);
        assertThat(forged.errors()).contains("not the cluster that was meant");
        assertThat(machine.root()).doesNotExist();
    }

    private static void ready(Cluster cluster) {
        TestNamespace.eventually(() -> cluster.tryKubectl("get", "node", NODE).code() == 0);
        cluster.kubectl("wait", "node/" + NODE, "--for=condition=Ready", TestNamespace.timeout());
    }

    /**
     * Its log and a command in it are asked for through the certificate that the node serves with.
     */
    private static void runsAPod(TestNamespace namespace) {
        namespace.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: guest}
                spec:
                  nodeName: joined
                  terminationGracePeriodSeconds: 1
                  containers:
                  - {name: main, image: "${image}", command: [sh, -c, "echo hello; sleep 3600"]}
                """);
        namespace.ready("guest");
        hears(namespace);
        assertThat(namespace.kubectl("exec", "guest", "--", "echo", "inside")).contains("inside");
    }

    /** An agent that has just started may be Ready, of before, and not serve yet. */
    private static void hears(TestNamespace namespace) {
        TestNamespace.eventually(
                () -> namespace.tryKubectl("logs", "guest").out().contains("hello"));
    }

    /** With a certificate of which nine tenths are over, the agent asks for the next at once. */
    private static void renews(Cluster cluster, JoinedMachine machine) throws Exception {
        machine.stopAgent();
        Path pair = machine.root().resolve("pki/kubelet-client-current.pem");
        X509Certificate aged = aged(cluster.instance(2).pki(), pair);
        String key = Files.readString(pair);
        Files.writeString(
                pair,
                Pem.write("CERTIFICATE", aged.getEncoded())
                        + key.substring(key.indexOf("-----BEGIN PRIVATE")));
        machine.run();
        TestNamespace.eventually(() -> !current(pair).equals(aged));
        assertThat(current(pair).getSubjectX500Principal())
                .isEqualTo(aged.getSubjectX500Principal());
        assertThat(current(pair).getPublicKey()).isNotEqualTo(aged.getPublicKey());
        ready(cluster);
    }

    private static void leaves(Cluster cluster, JoinedMachine machine) {
        cluster.kubectl("delete", "node", NODE);
        TestNamespace.eventually(
                () -> Files.readString(machine.log()).contains("node joined was deleted"));
        assertThat(cluster.tryKubectl("get", "node", NODE).errors()).contains("not found");
    }

    private static X509Certificate current(Path pair) {
        return new PemFile(pair).certificates().getFirst();
    }

    /** The node's certificate again, as of ten hours ago. */
    private static X509Certificate aged(Path pki, Path pair) throws Exception {
        X509Certificate held = current(pair);
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        new PemFile(pki.resolve("ca.crt")).certificates().getFirst(),
                        BigInteger.TEN,
                        Date.from(now.minus(Duration.ofHours(10))),
                        Date.from(now.plus(Duration.ofMinutes(30))),
                        held.getSubjectX500Principal(),
                        held.getPublicKey());
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        var signer =
                new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(new PemFile(pki.resolve("ca.key")).privateKey());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
