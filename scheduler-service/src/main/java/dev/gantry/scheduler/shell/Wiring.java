package dev.gantry.scheduler.shell;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Topics;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.Profile;
import dev.gantry.scheduler.shell.bind.BindingSender;
import dev.gantry.scheduler.shell.feed.SightingFeed;
import dev.gantry.scheduler.shell.standby.BindingTail;
import dev.gantry.scheduler.shell.standby.LeaseKeeper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;

/** Puts the scheduler together. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final String NAME = "default-scheduler";

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

    @Bean(destroyMethod = "close")
    BindingSender bindingSender(KafkaSettings settings) {
        return new BindingSender(settings);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    SchedulerLoop schedulerLoop(BindingSender sender, Environment environment) {
        String profile = environment.getProperty("gantry.scheduler.profile", "packing");
        return new SchedulerLoop(new SchedulingCycle(NAME, profileOf(profile)), sender);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOn("standby")
    SightingFeed sightingFeed(KafkaSettings settings, SchedulerLoop loop) {
        return new SightingFeed(settings, loop::hear);
    }

    /** Without an API to hold a lease in, there is no election: this scheduler is the only one. */
    @Bean(initMethod = "start", destroyMethod = "close")
    Standby standby(
            KafkaSettings settings,
            BindingSender sender,
            SchedulerLoop loop,
            Environment environment)
            throws IOException {
        String kubeconfig = environment.getProperty("gantry.api.kubeconfig", "");
        if (kubeconfig.isEmpty()) {
            return new Standby(Optional.empty());
        }
        String identity = InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID();
        var keeper =
                new LeaseKeeper(
                        ClusterApi.fromKubeconfig(Path.of(kubeconfig), "kube-scheduler"),
                        identity,
                        new BindingTail(settings, sender::sendAndWait, loop::hear),
                        loop::hear);
        return new Standby(Optional.of(keeper));
    }

    private static Profile profileOf(String name) {
        return switch (name) {
            case "packing" -> Profile.PACKING;
            case "spreading" -> Profile.SPREADING;
            default ->
                    throw new IllegalStateException(
                            "gantry.scheduler.profile is '%s', expected packing or spreading"
                                    .formatted(name));
        };
    }
}
