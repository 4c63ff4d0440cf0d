package dev.gantry.agent.shell.join;

import dev.gantry.agent.certificate.NodeCertificate;
import dev.gantry.agent.certificate.NodeSubject;
import dev.gantry.agent.certificate.SigningAnswer;
import dev.gantry.agent.join.AgentSettings;
import dev.gantry.agent.join.CannotJoin;
import dev.gantry.agent.join.JoinOptions;
import dev.gantry.agent.shell.certificate.CertificateFolder;
import dev.gantry.agent.shell.certificate.CertificateSigning;
import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiWatch;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The steps by which a machine becomes a node.
 *
 * <pre>
 *   discovery (nothing is written) → is the name free? → key, request, certificate
 *     → kubeconfig, with the node's own certificate from here on → settings
 * </pre>
 *
 * <p>Settings are written last: where they are, with a certificate that holds, there is nothing to
 * do. Where only the certificate is there, it goes on from there.
 */
final class Join {
    private static final int UNAUTHORIZED = 401;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final JoinOptions options;
    private final Consumer<String> teller;
    private final CertificateFolder certificates;
    private final Path kubeconfig;
    private final Path settings;

    /**
     * @param teller hears what is being done, for a person
     */
    Join(JoinOptions options, Consumer<String> teller) {
        this.options = options;
        this.teller = teller;
        this.certificates = new CertificateFolder(options.root().resolve("pki"));
        this.kubeconfig = options.root().resolve("kubeconfig");
        this.settings = options.root().resolve("node.properties");
    }

    /** Returns the file with the agent's settings. */
    Path run() throws IOException, InterruptedException {
        boolean isKnown = holdsCertificate() && Files.exists(kubeconfig);
        if (isKnown && Files.exists(settings)) {
            teller.accept("This machine has joined already.");
            return settings;
        }
        NodeSubject node =
                new NodeSubject(
                        options.name().isPresent() ? options.name().get() : OwnAddresses.hostName(),
                        options.addresses().isEmpty()
                                ? OwnAddresses.towards(options.server())
                                : options.addresses());
        if (!isKnown) {
            become(node);
        }
        configure(node);
        teller.accept("%s has joined the cluster.".formatted(node.node()));
        return settings;
    }

    private boolean holdsCertificate() throws IOException {
        Optional<X509Certificate> held = certificates.current(NodeCertificate.CLIENT);
        return held.isPresent() && Instant.now().isBefore(held.get().getNotAfter().toInstant());
    }

    private void become(NodeSubject node) throws IOException, InterruptedException {
        Discovery.Cluster cluster = Discovery.find(options);
        var api =
                ClusterApi.of(
                        ClusterAccess.withToken(
                                cluster.server(), options.token().bearer(), cluster.trust()));
        requireFree(api, node);
        PrivateFile.write(certificates.authority(), cluster.authority());
        awaitCertificate(api, new CertificateSigning(api, certificates, node, options.life()));
        PrivateFile.write(kubeconfig, kubeconfig(cluster.server()));
    }

    /** Compat: kubeadm lets a machine take the name of a Node that is not ready. */
    private static void requireFree(ClusterApi api, NodeSubject node) {
        boolean isTaken;
        try {
            isTaken = api.get(new ObjectKey(Resources.NODES, "", node.node())).isPresent();
        } catch (ApiRefused refused) {
            if (refused.code() == UNAUTHORIZED) {
                throw new CannotJoin("the cluster does not take the token any more", refused);
            }
            throw new CannotJoin(
                    "the token may not join machines: " + refused.getMessage(), refused);
        }
        if (isTaken) {
            throw new CannotJoin(
                    ("the cluster has a node %1$s already. Give this machine another name"
                                    + " (--node-name), or, if it was that one: kubectl delete node"
                                    + " %1$s")
                            .formatted(node.node()));
        }
    }

    private void awaitCertificate(ClusterApi api, CertificateSigning signing)
            throws IOException, InterruptedException {
        SigningAnswer first = signing.step(NodeCertificate.CLIENT);
        if (!(first instanceof SigningAnswer.Waiting(String request))) {
            requireIssued(first);
            return;
        }
        teller.accept("Waiting for a certificate: request " + request);
        var news = new Semaphore(0);
        try (var _ = watch(api, request, news)) {
            SigningAnswer answer = first;
            while (answer instanceof SigningAnswer.Waiting) {
                requireNews(news, request);
                answer = signing.step(NodeCertificate.CLIENT);
            }
            requireIssued(answer);
        }
    }

    private static void requireIssued(SigningAnswer answer) {
        if (answer instanceof SigningAnswer.Refused(String message)) {
            throw new CannotJoin(message);
        }
    }

    private static void requireNews(Semaphore news, String request) throws InterruptedException {
        if (!news.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new CannotJoin(
                    ("nobody has approved the request for %d minutes: kubectl certificate approve"
                                    + " %s, and then join again, which goes on from here")
                            .formatted(PATIENCE.toMinutes(), request));
        }
        news.drainPermits();
    }

    private static ApiWatch watch(ClusterApi api, String request, Semaphore news) {
        return new ApiWatch(
                        api,
                        Kinds.CERTIFICATE_SIGNING_REQUEST.resource(),
                        "",
                        "fieldSelector=metadata.name%3D" + request,
                        new ApiWatch.Listener() {
                            @Override
                            public void onObject(Resource object) {
                                news.release();
                            }

                            @Override
                            public void onGone(ObjectKey key) {
                                news.release();
                            }
                        })
                .start();
    }

    private void configure(NodeSubject node) throws IOException {
        var api = ClusterApi.fromKubeconfig(kubeconfig);
        var place =
                new AgentSettings.Place(
                        options.root(),
                        kubeconfig,
                        certificates.path(),
                        certificates.pair(NodeCertificate.CLIENT),
                        certificates.authority());
        PrivateFile.write(
                settings,
                AgentSettings.text(api.get(AgentSettings.OF_CLUSTER), node, place, options.life()));
    }

    /** Names the files, since what is in them is renewed. */
    private String kubeconfig(String server) {
        return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: gantry
          cluster:
            server: "%1$s"
            certificate-authority: "%2$s"
        users:
        - name: node
          user:
            client-certificate: "%3$s"
            client-key: "%3$s"
        contexts:
        - name: node
          context:
            cluster: gantry
            user: node
        current-context: node
        """
                .formatted(
                        server,
                        certificates.authority(),
                        certificates.pair(NodeCertificate.CLIENT));
    }
}
