package dev.gantry.agent.shell;

import dev.gantry.agent.certificate.NodeCertificate;
import dev.gantry.agent.certificate.NodeSubject;
import dev.gantry.agent.shell.certificate.CertificateFolder;
import dev.gantry.agent.shell.certificate.CertificateRotation;
import dev.gantry.agent.shell.certificate.CertificateRotation.Terms;
import dev.gantry.agent.shell.certificate.CertificateSigning;
import dev.gantry.agent.shell.certificate.CurrentAccess;
import dev.gantry.agent.shell.certificate.CurrentTls;
import dev.gantry.agent.shell.kafka.CurrentSslEngines;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.tls.PemFile;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.config.SslConfigs;

/**
 * How the node shows who it is: to the API, to those who connect to its server, and on Kafka.
 *
 * @param serving empty while the node has no certificate to serve with
 * @param rotations of the certificates which the agent renews; none where it was given one for good
 */
record NodeCredentials(
        ClusterApi api,
        Supplier<Optional<SSLContext>> serving,
        KafkaSettings kafka,
        List<CertificateRotation> rotations) {
    private static final String NAME = "kubelet";

    static NodeCredentials of(NodeSettings settings, KafkaSettings kafka) throws IOException {
        Optional<Path> folder = settings.identity().certificates();
        return folder.isPresent()
                ? renewed(settings, kafka, new CertificateFolder(folder.get()))
                : given(settings, kafka);
    }

    private static NodeCredentials given(NodeSettings settings, KafkaSettings kafka)
            throws IOException {
        Path kubeconfig = settings.identity().kubeconfig();
        var serving = Optional.of(ClusterAccess.mutualTls(kubeconfig));
        return new NodeCredentials(
                ClusterApi.fromKubeconfig(kubeconfig, NAME), () -> serving, kafka, List.of());
    }

    private static NodeCredentials renewed(
            NodeSettings settings, KafkaSettings kafka, CertificateFolder folder)
            throws IOException {
        X509TrustManager trust = new PemFile(folder.authority()).trust();
        var asking = new CurrentTls(folder.pair(NodeCertificate.CLIENT), trust);
        CurrentAccess access =
                CurrentAccess.of(settings.identity().kubeconfig(), asking, trust, NAME);
        Map<String, String> connection = new HashMap<>(kafka.connection());
        connection.put(
                SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, CurrentSslEngines.class.getName());
        return new NodeCredentials(
                access.api(),
                new CurrentTls(folder.pair(NodeCertificate.SERVING), trust),
                new KafkaSettings(connection, kafka.topics()),
                rotations(settings, folder, access));
    }

    private static List<CertificateRotation> rotations(
            NodeSettings settings, CertificateFolder folder, CurrentAccess access) {
        var subject = new NodeSubject(settings.name(), settings.addresses());
        var signing =
                new CertificateSigning(
                        access.api(), folder, subject, settings.identity().certificateLife());
        double chance = new SecureRandom().nextDouble();
        InstantSource clock = InstantSource.system();
        var client = new Terms(() -> true, access::reconnect, chance, clock);
        var serving = new Terms(() -> isKnown(access.api(), subject), () -> {}, chance, clock);
        return List.of(
                new CertificateRotation(NodeCertificate.CLIENT, folder, signing, client),
                new CertificateRotation(NodeCertificate.SERVING, folder, signing, serving));
    }

    /** A request for addresses that the node does not have yet would wait for a person. */
    private static boolean isKnown(ClusterApi api, NodeSubject subject) {
        Optional<Resource> node = api.get(new ObjectKey(Resources.NODES, "", subject.node()));
        List<String> known = new ArrayList<>();
        node.ifPresent(
                each ->
                        each.status()
                                .path("addresses")
                                .forEach(entry -> known.add(Resource.text(entry, "address"))));
        return known.containsAll(subject.addresses());
    }
}
