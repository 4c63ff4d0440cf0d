package dev.gantry.scheduler.shell;

import dev.gantry.client.queue.Backoff;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.start.BadSetting;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.placement.profile.PublishedProfiles;
import dev.gantry.scheduler.queue.SchedulingQueue;
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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts the scheduler together. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final String NAME = "default-scheduler";
    private static final String PROFILES = "gantry.scheduler.profiles";
    private static final String FIRST_BACKOFF = "gantry.scheduler.pod-initial-backoff-seconds";
    private static final String MOST_BACKOFF = "gantry.scheduler.pod-max-backoff-seconds";
    private static final int LONGEST_BACKOFF = 3_600;

    @Bean
    KafkaSettings kafkaSettings(SettingSource settings) {
        return settings.kafka();
    }

    @Bean(destroyMethod = "close")
    BindingSender bindingSender(KafkaSettings settings) {
        return new BindingSender(settings);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    SchedulerLoop schedulerLoop(BindingSender sender, SettingSource settings) {
        Profiles profiles = settings.explained(PROFILES, () -> configured(settings).profiles());
        var cycle = new SchedulingCycle(NAME, profiles, backoff(settings), System::nanoTime);
        return new SchedulerLoop(cycle, sender);
    }

    /** Compat: podInitialBackoffSeconds and podMaxBackoffSeconds of KubeSchedulerConfiguration. */
    private static Backoff backoff(SettingSource settings) {
        Backoff usual = SchedulingQueue.USUAL_BACKOFF;
        int first =
                settings.number(FIRST_BACKOFF, (int) usual.base().toSeconds(), 1, LONGEST_BACKOFF);
        int longest = Math.max(first, (int) usual.cap().toSeconds());
        return new Backoff(
                Duration.ofSeconds(first),
                Duration.ofSeconds(settings.number(MOST_BACKOFF, longest, first, LONGEST_BACKOFF)));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOn("standby")
    SightingFeed sightingFeed(KafkaSettings settings, SchedulerLoop loop) {
        return new SightingFeed(settings, loop::hear);
    }

    /** Without an API to hold a lease in, there is no election: this scheduler is the only one. */
    @Bean(initMethod = "start", destroyMethod = "close")
    Standby standby(
            KafkaSettings kafka, BindingSender sender, SchedulerLoop loop, SettingSource settings)
            throws IOException {
        if (!hasApi(settings)) {
            loop.hear(SchedulerInput.Leading.ALONE);
            return new Standby(Optional.empty(), Optional.empty());
        }
        String identity = InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID();
        var api = ClusterApi.fromKubeconfig(settings.kubeconfig(), "kube-scheduler");
        var board = new ProfileBoard(api, configured(settings));
        var keeper =
                new LeaseKeeper(
                        api,
                        identity,
                        new BindingTail(kafka, sender::sendAndWait, loop::hear),
                        input -> {
                            board.hear(input);
                            loop.hear(input);
                        });
        return new Standby(Optional.of(keeper), Optional.of(board));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Rebalancing rebalancing(SchedulerLoop loop, SettingSource given) throws IOException {
        RebalanceSettings settings = rebalanceSettings(given);
        if (settings.isOff()) {
            return Rebalancing.OFF;
        }
        if (!hasApi(given)) {
            throw new BadSetting(
                    "%s%s is on, so gantry.api.kubeconfig must be set: pods are evicted through the API"
                            .formatted(RebalanceSettings.PREFIX, RebalanceSettings.MODE));
        }
        var api = ClusterApi.fromKubeconfig(given.kubeconfig(), "kube-scheduler");
        var events = new EventRecorder("rebalancer", api);
        var rebalancer =
                new Rebalancer(
                        () -> loop.ask((cycle, now) -> cycle.quiescent(settings.settle(), now)),
                        new Planner(settings, configured(given).profiles()),
                        new Evictions(api, events::record),
                        settings.settle());
        return new Rebalancing(Optional.of(rebalancer), Optional.of(events));
    }

    private static boolean hasApi(SettingSource settings) {
        return settings.find("gantry.api.kubeconfig").isPresent();
    }

    private static RebalanceSettings rebalanceSettings(SettingSource settings) {
        Map<String, String> properties = new TreeMap<>();
        for (String key : RebalanceSettings.KEYS) {
            settings.find(RebalanceSettings.PREFIX + key)
                    .ifPresent(value -> properties.put(key, value));
        }
        return settings.explained(
                "gantry.scheduler.rebalance", () -> RebalanceSettings.of(properties));
    }

    private static PublishedProfiles configured(SettingSource settings) {
        return PublishedProfiles.of(
                settings.group(PROFILES),
                settings.text("gantry.scheduler.profile", Profiles.PACKING));
    }
}
