package dev.gantry.scheduler.shell;

import dev.gantry.client.queue.Backoff;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.management.Component;
import dev.gantry.client.shell.management.ManagementServer;
import dev.gantry.client.shell.metrics.MetricsPage;
import dev.gantry.client.shell.metrics.ProcessMetrics;
import dev.gantry.client.shell.start.BadSetting;
import dev.gantry.client.shell.start.RunningParts;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The whole scheduler, put together by hand: which parts there are, what each is made of, and in
 * which order they start. They stop in the opposite one.
 */
final class SchedulerServer implements AutoCloseable {
    private static final String NAME = "default-scheduler";
    private static final String PROFILES = "gantry.scheduler.profiles";
    private static final String FIRST_BACKOFF = "gantry.scheduler.pod-initial-backoff-seconds";
    private static final String MOST_BACKOFF = "gantry.scheduler.pod-max-backoff-seconds";
    private static final Component MANAGEMENT =
            new Component("kube-scheduler", "gantry.scheduler.management-");
    private static final int LONGEST_BACKOFF = 3_600;

    private final SettingSource settings;
    private final KafkaSettings kafka;
    private final PublishedProfiles published;
    private final Profiles profiles;
    private final RunningParts running = new RunningParts();

    /** Throws where a part cannot be had; then nothing is left running. */
    static SchedulerServer open(SettingSource settings) throws IOException {
        return new SchedulerServer(settings);
    }

    private SchedulerServer(SettingSource settings) throws IOException {
        this.settings = settings;
        this.kafka = settings.kafka();
        this.published = settings.explained(PROFILES, () -> configured(settings));
        this.profiles = settings.explained(PROFILES, published::profiles);
        try {
            start();
        } catch (IOException | RuntimeException | Error fault) {
            running.close();
            throw fault;
        }
    }

    @Override
    public void close() {
        running.close();
    }

    private void start() throws IOException {
        BindingSender sender = running.add(new BindingSender(kafka));
        var metrics = new SchedulerMetrics();
        var cycle = new SchedulingCycle(NAME, profiles, backoff(), System::nanoTime, metrics);
        var loop = running.start(new SchedulerLoop(cycle, sender, metrics), SchedulerLoop::start);
        List<Consumer<StringBuilder>> told = new ArrayList<>();
        told.add(metrics::append);
        told.add(ProcessMetrics::append);
        Optional<ClusterApi> api = api();
        if (api.isPresent()) {
            told.add(api.get().metrics()::append);
            told.add(startElection(api.get(), sender, loop)::append);
            startRebalancer(api.get(), loop);
        } else {
            // Without an API to hold a lease in, this scheduler is the only one.
            loop.hear(SchedulerInput.Leading.ALONE);
            refuseRebalancing();
        }
        running.start(new SightingFeed(kafka, loop::hear), SightingFeed::start);
        var page = new MetricsPage(told);
        ManagementServer.open(settings, MANAGEMENT, page, metrics::isCaughtUp, api)
                .ifPresent(running::add);
    }

    private Optional<ClusterApi> api() throws IOException {
        return settings.find("gantry.api.kubeconfig").isPresent()
                ? Optional.of(ClusterApi.fromKubeconfig(settings.kubeconfig(), "kube-scheduler"))
                : Optional.empty();
    }

    /** Compat: podInitialBackoffSeconds and podMaxBackoffSeconds of KubeSchedulerConfiguration. */
    private Backoff backoff() {
        Backoff usual = SchedulingQueue.USUAL_BACKOFF;
        int first =
                settings.number(FIRST_BACKOFF, (int) usual.base().toSeconds(), 1, LONGEST_BACKOFF);
        int longest = Math.max(first, (int) usual.cap().toSeconds());
        return new Backoff(
                Duration.ofSeconds(first),
                Duration.ofSeconds(settings.number(MOST_BACKOFF, longest, first, LONGEST_BACKOFF)));
    }

    private LeaseKeeper startElection(ClusterApi api, BindingSender sender, SchedulerLoop loop)
            throws IOException {
        String identity = InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID();
        var board = running.start(new ProfileBoard(api, published), ProfileBoard::start);
        var keeper =
                new LeaseKeeper(
                        api,
                        identity,
                        new BindingTail(kafka, sender::sendAndWait, loop::hear),
                        input -> {
                            board.hear(input);
                            loop.hear(input);
                        });
        return running.start(keeper, LeaseKeeper::start);
    }

    private void refuseRebalancing() {
        if (!rebalanceSettings().isOff()) {
            throw new BadSetting(
                    "%s%s is on, so gantry.api.kubeconfig must be set: pods are evicted through the API"
                            .formatted(RebalanceSettings.PREFIX, RebalanceSettings.MODE));
        }
    }

    private void startRebalancer(ClusterApi api, SchedulerLoop loop) {
        RebalanceSettings rebalance = rebalanceSettings();
        if (rebalance.isOff()) {
            return;
        }
        var events = running.start(new EventRecorder("rebalancer", api), EventRecorder::start);
        var rebalancer =
                new Rebalancer(
                        () -> loop.ask((cycle, now) -> cycle.quiescent(rebalance.settle(), now)),
                        new Planner(rebalance, profiles),
                        new Evictions(api, events::record),
                        rebalance.settle());
        running.start(rebalancer, Rebalancer::start);
    }

    private RebalanceSettings rebalanceSettings() {
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
