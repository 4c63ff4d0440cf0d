package dev.gantry.scheduler.shell;

import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Topics;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.Profiles;
import dev.gantry.scheduler.placement.PublishedProfiles;
import dev.gantry.scheduler.rebalance.Planner;
import dev.gantry.scheduler.rebalance.RebalanceSettings;
import dev.gantry.scheduler.shell.bind.BindingSender;
import dev.gantry.scheduler.shell.feed.SightingFeed;
import dev.gantry.scheduler.shell.rebalance.Evictions;
import dev.gantry.scheduler.shell.rebalance.Rebalancer;
import dev.gantry.scheduler.shell.standby.BindingTail;
import dev.gantry.scheduler.shell.standby.LeaseKeeper;
import dev.gantry.scheduler.shell.standby.ProfileBoard;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    private static final String KUBECONFIG = "gantry.api.kubeconfig";

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
        // Says at the start what is wrong with the configuration.
        Profiles profiles = configured(environment).profiles();
        return new SchedulerLoop(new SchedulingCycle(NAME, profiles, System::nanoTime), sender);
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
        String kubeconfig = environment.getProperty(KUBECONFIG, "");
        if (kubeconfig.isEmpty()) {
            return new Standby(Optional.empty(), Optional.empty());
        }
        String identity = InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID();
        var api = ClusterApi.fromKubeconfig(Path.of(kubeconfig), "kube-scheduler");
        var board = new ProfileBoard(api, configured(environment));
        var keeper =
                new LeaseKeeper(
                        api,
                        identity,
                        new BindingTail(settings, sender::sendAndWait, loop::hear),
                        happening -> {
                            board.hear(happening);
                            loop.hear(happening);
                        });
        return new Standby(Optional.of(keeper), Optional.of(board));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Rebalancing rebalancing(SchedulerLoop loop, Environment environment) throws IOException {
        RebalanceSettings settings = rebalanceSettings(environment);
        if (settings.isOff()) {
            return Rebalancing.OFF;
        }
        String kubeconfig = environment.getProperty(KUBECONFIG, "");
        if (kubeconfig.isEmpty()) {
            throw new IllegalStateException(
                    "%s%s is on, so %s must be set: pods are evicted through the API"
                            .formatted(
                                    RebalanceSettings.PREFIX, RebalanceSettings.MODE, KUBECONFIG));
        }
        var api = ClusterApi.fromKubeconfig(Path.of(kubeconfig), "kube-scheduler");
        var events = new EventRecorder("rebalancer", api);
        var rebalancer =
                new Rebalancer(
                        () -> loop.ask(cycle -> cycle.calm(settings.settle(), Instant.now())),
                        new Planner(settings, configured(environment).profiles()),
                        new Evictions(api, events::record),
                        settings.settle());
        return new Rebalancing(Optional.of(rebalancer), Optional.of(events));
    }

    /** Says at the start what is wrong with the configuration. */
    private static RebalanceSettings rebalanceSettings(Environment environment) {
        Map<String, String> properties = new TreeMap<>();
        for (String key : RebalanceSettings.KEYS) {
            String value = environment.getProperty(RebalanceSettings.PREFIX + key, "");
            if (!value.isEmpty()) {
                properties.put(key, value);
            }
        }
        return RebalanceSettings.of(properties);
    }

    private static PublishedProfiles configured(Environment environment) {
        Map<String, String> properties =
                Binder.get(environment)
                        .bind(
                                "gantry.scheduler.profiles",
                                Bindable.mapOf(String.class, String.class))
                        .orElse(Map.of());
        return PublishedProfiles.of(
                properties, environment.getProperty("gantry.scheduler.profile", Profiles.PACKING));
    }
}
