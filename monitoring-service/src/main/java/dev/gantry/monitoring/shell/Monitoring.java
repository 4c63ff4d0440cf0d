package dev.gantry.monitoring.shell;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.controller.ControllerRuntime;
import dev.gantry.client.shell.controller.Performer;
import dev.gantry.client.shell.election.LeaderElector;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.management.Component;
import dev.gantry.client.shell.management.ManagementServer;
import dev.gantry.client.shell.metrics.MetricsPage;
import dev.gantry.client.shell.metrics.ProcessMetrics;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.monitoring.eviction.TaintEvictionController;
import dev.gantry.monitoring.health.NodeStatusController;
import dev.gantry.monitoring.health.NodeTaintController;
import dev.gantry.monitoring.health.PodReadinessController;
import dev.gantry.monitoring.shell.kafka.AgentNodes;
import dev.gantry.monitoring.shell.kafka.EchoSender;
import dev.gantry.monitoring.shell.kafka.HeartbeatReader;
import dev.gantry.monitoring.shell.kafka.HeartbeatRegistry;
import dev.gantry.monitoring.shell.postgres.HealthHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The running monitoring service: heartbeats and usage in, controllers of nodes that act on them,
 * and the metrics API. Each replica receives all heartbeats, so that a standby knows what the
 * leader knows.
 */
final class Monitoring implements AutoCloseable {
    private static final String LEASE = "gantry-monitoring";
    private static final Component MANAGEMENT =
            new Component(LEASE, "gantry.monitoring.management-");
    private static final int REQUESTS_AT_ONCE = 32;

    private final EventRecorder events;
    private final HealthHistory history;
    private final ControllerRuntime runtime;
    private final HeartbeatReader reader;
    private final EchoSender echo;
    private final Optional<Metrics> metrics;
    private final LeaderElector elector;
    private final Optional<ManagementServer> management;

    private Monitoring(SettingSource settings) throws IOException {
        KafkaSettings kafka = settings.kafka();
        var api = ClusterApi.fromKubeconfig(settings.kubeconfig(), "kube-controller-manager");
        var cache = new ObjectCache();
        var nodes = new AgentNodes();
        cache.observe(nodes);
        int seconds = settings.number("gantry.monitoring.silence-seconds", 10, 1, 3600);
        var heartbeats =
                new HeartbeatRegistry(
                        Duration.ofSeconds(seconds), () -> cache.list(Resources.NODES));
        cache.observe(heartbeats);
        var status = new NodeStatusController(heartbeats);
        this.events = new EventRecorder("monitoring", api);
        this.history = new HealthHistory(settings.database().accepted());
        if (settings.isOn("gantry.monitoring.health-history", true)) {
            cache.observe(
                    (key, before, after) -> {
                        // What is told again at the start was written when it happened.
                        if (cache.isCaughtUp()) {
                            history.onObject(key, before, after);
                        }
                    });
        }
        this.runtime =
                new ControllerRuntime(
                        "monitoring",
                        List.of(
                                status,
                                new NodeTaintController(heartbeats),
                                new PodReadinessController(heartbeats),
                                new TaintEvictionController(heartbeats)),
                        kafka,
                        cache,
                        new Performer(api, events, REQUESTS_AT_ONCE));
        this.reader =
                new HeartbeatReader(
                        kafka,
                        nodes,
                        heartbeats,
                        node -> runtime.enqueue(status, new ObjectKey(Resources.NODES, "", node)));
        this.echo = new EchoSender(kafka);
        this.metrics = Metrics.open(settings, api, cache, nodes);
        this.elector = new LeaderElector(api, LEASE, LeaderElector.identity(), leading());
        this.management =
                ManagementServer.open(
                        settings, MANAGEMENT, page(api), runtime::isCaughtUp, Optional.of(api));
    }

    private MetricsPage page(ClusterApi api) {
        return new MetricsPage(
                List.of(
                        runtime.queues()::append,
                        api.metrics()::append,
                        elector::append,
                        ProcessMetrics::append));
    }

    private LeaderElector.Listener leading() {
        return new LeaderElector.Listener() {
            @Override
            public void onLeading() {
                runtime.onLeading();
                metrics.ifPresent(Metrics::onLeading);
            }

            @Override
            public void onFollowing() {
                runtime.onFollowing();
                metrics.ifPresent(Metrics::onFollowing);
            }
        };
    }

    static Monitoring open(SettingSource settings) throws IOException {
        var opened = new Monitoring(settings);
        opened.events.start();
        opened.history.start();
        opened.runtime.start();
        opened.reader.start();
        opened.echo.start();
        opened.metrics.ifPresent(Metrics::start);
        opened.elector.start();
        return opened;
    }

    /** The lease is released last, when nothing is performed any more. */
    @Override
    public void close() {
        management.ifPresent(ManagementServer::close);
        metrics.ifPresent(Metrics::close);
        echo.close();
        reader.close();
        runtime.close();
        elector.close();
        history.close();
        events.close();
    }
}
