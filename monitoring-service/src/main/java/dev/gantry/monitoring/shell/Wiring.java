package dev.gantry.monitoring.shell;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.shell.controller.ControllerRuntime;
import dev.gantry.client.shell.controller.Performer;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.monitoring.eviction.TaintEvictionController;
import dev.gantry.monitoring.health.PodReadinessController;
import dev.gantry.monitoring.health.NodeStatusController;
import dev.gantry.monitoring.health.NodeTaintController;
import dev.gantry.monitoring.shell.kafka.EchoSender;
import dev.gantry.monitoring.shell.kafka.HeartbeatRegistry;
import dev.gantry.monitoring.shell.kafka.HeartbeatReader;
import dev.gantry.monitoring.shell.kafka.UsageBook;
import dev.gantry.monitoring.shell.postgres.HealthHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the monitoring service together. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final int REQUESTS_AT_ONCE = 32;

    @Bean
    KafkaSettings kafkaSettings(SettingSource settings) {
        return settings.kafka();
    }

    @Bean
    ClusterApi clusterApi(SettingSource settings) throws IOException {
        return ClusterApi.fromKubeconfig(settings.kubeconfig(), "kube-controller-manager");
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    EventRecorder eventRecorder(ClusterApi api) {
        return new EventRecorder("monitoring", api);
    }

    @Bean
    HeartbeatRegistry heartbeatRegistry(ObjectCache cache, SettingSource settings) {
        int seconds = settings.number("gantry.monitoring.silence-seconds", 10, 1, 3600);
        return new HeartbeatRegistry(Duration.ofSeconds(seconds), () -> cache.list(Resources.NODES));
    }

    @Bean
    UsageBook usageBook() {
        return new UsageBook();
    }

    @Bean
    ObjectCache objectCache() {
        return new ObjectCache();
    }

    @Bean
    NodeStatusController statusController(HeartbeatRegistry heartbeats) {
        return new NodeStatusController(heartbeats);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    HealthHistory healthHistory(ObjectCache cache, SettingSource settings) {
        var history = new HealthHistory(settings.database().accepted());
        cache.observe(history::onObject);
        return history;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ControllerRuntime runtime(
            KafkaSettings kafka,
            Performer performer,
            ObjectCache cache,
            HeartbeatRegistry heartbeats,
            NodeStatusController status) {
        List<Controller> controllers =
                List.of(
                        status,
                        new NodeTaintController(heartbeats),
                        new PodReadinessController(heartbeats),
                        new TaintEvictionController(heartbeats));
        return new ControllerRuntime("monitoring", controllers, kafka, cache, performer);
    }

    @Bean
    Performer performer(ClusterApi api, EventRecorder events) {
        return new Performer(api, events, REQUESTS_AT_ONCE);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    HeartbeatReader heartbeatReader(
            KafkaSettings kafka,
            HeartbeatRegistry heartbeats,
            UsageBook usages,
            ControllerRuntime runtime,
            NodeStatusController status) {
        return new HeartbeatReader(
                kafka,
                heartbeats,
                usages,
                node -> runtime.enqueue(status, new ObjectKey(Resources.NODES, "", node)));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    EchoSender echoSender(KafkaSettings kafka) {
        return new EchoSender(kafka);
    }
}
