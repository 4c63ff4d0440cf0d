package dev.gantry.monitoring.shell;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.model.address.Address;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.metrics.MetricsApi;
import dev.gantry.monitoring.metrics.MetricsRegistration;
import dev.gantry.monitoring.metrics.MetricsView;
import dev.gantry.monitoring.shell.http.MetricsServer;
import dev.gantry.monitoring.shell.kafka.AgentNodes;
import dev.gantry.monitoring.shell.kafka.UsageReader;
import dev.gantry.monitoring.usage.NodeRates;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics API of this process: usage in, HTTPS out, registered while this replica leads. Each
 * replica reads all usage, so that a new leader has rates at once.
 */
final class Metrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
    private static final int MOST_PORT = 65_535;

    private final UsageReader usage;
    private final MetricsServer server;
    private final MetricsPublisher publisher;

    private Metrics(UsageReader usage, MetricsServer server, MetricsPublisher publisher) {
        this.usage = usage;
        this.server = server;
        this.publisher = publisher;
    }

    /** Empty where the cluster's keys have none for it, or this machine has no address. */
    static Optional<Metrics> open(
            SettingSource settings, ClusterApi api, ObjectCache cache, AgentNodes nodes)
            throws IOException {
        Optional<Path> keys = settings.find("gantry.pki.dir").map(Path::of);
        Optional<InetAddress> address = address(settings);
        boolean hasCertificate =
                keys.filter(each -> Files.exists(each.resolve("metrics-server.crt"))).isPresent();
        if (address.isEmpty() || !hasCertificate) {
            LOG.warn(
                    "no metrics are served: no metrics-server.crt in gantry.pki.dir, or no address");
            return Optional.empty();
        }
        Path pki = keys.get();
        var usage = new UsageReader(settings.kafka(), nodes);
        cache.observe(
                (key, _, after) -> {
                    if (key.resource().equals(Resources.NODES) && after.isEmpty()) {
                        usage.forget(key.name());
                    }
                });
        try {
            var server =
                    MetricsServer.open(
                            new MetricsApi(view(cache, usage)),
                            pki,
                            address.get(),
                            settings.number("gantry.monitoring.metrics-port", 0, 0, MOST_PORT));
            var registration =
                    new MetricsRegistration(
                            Address.parse(address.get().getHostAddress()).orElseThrow(),
                            server.port(),
                            Files.readAllBytes(pki.resolve("ca.crt")));
            return Optional.of(new Metrics(usage, server, new MetricsPublisher(api, registration)));
        } catch (GeneralSecurityException unusable) {
            throw new IOException(pki + ": metrics-server.crt is of no use", unusable);
        }
    }

    void start() {
        usage.start();
        publisher.start();
    }

    void onLeading() {
        publisher.lead();
    }

    void onFollowing() {
        publisher.follow();
    }

    @Override
    public void close() {
        publisher.close();
        server.close();
        usage.close();
    }

    /** The API server has to reach it from its own machine or container: no loopback. */
    private static Optional<InetAddress> address(SettingSource settings) throws IOException {
        Optional<String> given = settings.find("gantry.monitoring.metrics-address");
        if (given.isPresent()) {
            return Optional.of(
                    settings.parsed(
                            "gantry.monitoring.metrics-address",
                            "an IP address",
                            () -> InetAddress.ofLiteral(given.get())));
        }
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .min(Comparator.comparing(each -> !(each instanceof Inet4Address)));
    }

    private static MetricsView view(ObjectCache cache, UsageReader usage) {
        return new MetricsView() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public List<Resource> nodes() {
                return cache.list(Resources.NODES);
            }

            @Override
            public Optional<Resource> node(String name) {
                return cache.get(new ObjectKey(Resources.NODES, "", name));
            }

            @Override
            public List<Resource> pods(String namespace) {
                return namespace.isEmpty()
                        ? cache.list(Resources.PODS)
                        : cache.list(Resources.PODS, namespace);
            }

            @Override
            public Optional<Resource> pod(String namespace, String name) {
                return cache.get(new ObjectKey(Resources.PODS, namespace, name));
            }

            @Override
            public Optional<NodeRates> rates(String node) {
                return usage.rates(node, now());
            }
        };
    }
}
