package dev.gantry.monitoring.shell;

import dev.gantry.client.duty.Duty;
import dev.gantry.client.shell.actor.Actors;
import dev.gantry.client.shell.actor.Performer;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.monitoring.eviction.EvictionDuty;
import dev.gantry.monitoring.health.PodReadinessDuty;
import dev.gantry.monitoring.health.StatusDuty;
import dev.gantry.monitoring.health.TaintDuty;
import dev.gantry.monitoring.shell.kafka.EchoSender;
import dev.gantry.monitoring.shell.kafka.PulseBook;
import dev.gantry.monitoring.shell.kafka.SignReader;
import dev.gantry.monitoring.shell.kafka.UsageBook;
import dev.gantry.monitoring.shell.postgres.HealthDatabase;
import dev.gantry.monitoring.shell.postgres.HealthHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the monitoring service together. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final int REQUESTS_AT_ONCE = 32;

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        Map<String, String> properties =
                Binder.get(environment)
                        .bind("gantry.kafka.properties", Bindable.mapOf(String.class, String.class))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "gantry.kafka.properties[bootstrap.servers] is not"
                                                        + " set: where is Kafka?"));
        String prefix = environment.getProperty("gantry.kafka.topic-prefix", Topics.DEFAULT_PREFIX);
        return new KafkaSettings(properties, new Topics(prefix));
    }

    @Bean
    ClusterApi clusterApi(Environment environment) throws IOException {
        return ClusterApi.fromKubeconfig(
                Path.of(environment.getRequiredProperty("gantry.api.kubeconfig")),
                "kube-controller-manager");
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    EventRecorder eventRecorder(ClusterApi api) {
        return new EventRecorder("monitoring", api);
    }

    @Bean
    PulseBook pulseBook(ObjectCache cache, Environment environment) {
        int seconds =
                environment.getProperty("gantry.monitoring.silence-seconds", Integer.class, 10);
        return new PulseBook(
                Duration.ofSeconds(seconds), () -> cache.list(BuiltinKind.NODE.resource()));
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
    StatusDuty statusDuty(PulseBook pulses) {
        return new StatusDuty(pulses);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    HealthHistory healthHistory(ObjectCache cache, Environment environment) {
        var history =
                new HealthHistory(
                        new HealthDatabase.Settings(
                                environment.getRequiredProperty("spring.datasource.url"),
                                environment.getProperty("spring.datasource.username", ""),
                                environment.getProperty("spring.datasource.password", "")));
        cache.observe(history::onObject);
        return history;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Actors actors(
            KafkaSettings kafka,
            Performer performer,
            ObjectCache cache,
            PulseBook pulses,
            StatusDuty status) {
        List<Duty> duties =
                List.of(
                        status,
                        new TaintDuty(pulses),
                        new PodReadinessDuty(pulses),
                        new EvictionDuty(pulses));
        return new Actors("monitoring", duties, kafka, cache, performer);
    }

    @Bean
    Performer performer(ClusterApi api, EventRecorder events) {
        return new Performer(api, events, REQUESTS_AT_ONCE);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    SignReader signReader(
            KafkaSettings kafka,
            PulseBook pulses,
            UsageBook usages,
            Actors actors,
            StatusDuty status) {
        return new SignReader(
                kafka,
                pulses,
                usages,
                node -> actors.look(status, new ObjectKey(BuiltinKind.NODE.resource(), "", node)));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    EchoSender echoSender(KafkaSettings kafka) {
        return new EchoSender(kafka);
    }
}
