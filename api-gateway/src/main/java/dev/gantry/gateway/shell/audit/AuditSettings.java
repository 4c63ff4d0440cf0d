package dev.gantry.gateway.shell.audit;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.start.BadSetting;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.gateway.audit.EventPacking;
import dev.gantry.gateway.audit.Throttle;
import dev.gantry.gateway.shell.webhook.WebhookServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where audit events go. Compat: names and defaults of kube-apiserver's {@code --audit-*}.
 *
 * @param policy a file of {@code Policy} of {@code audit.k8s.io}
 * @param topic how to reach Kafka, where events go to its topic, too
 */
public record AuditSettings(
        Optional<Path> log,
        Optional<Path> policy,
        Optional<Webhook> webhook,
        Optional<KafkaSettings> topic) {
    public static final String POLICY = "gantry.gateway.audit-policy";

    static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(30);

    private static final String WEBHOOK = "gantry.gateway.audit-webhook-";

    /**
     * @param kubeconfig says where the server is
     */
    record Webhook(
            Path kubeconfig,
            BatchLimits limits,
            Optional<Rate> rate,
            Duration initialBackoff,
            EventPacking packing) {
        /** Of requests. */
        record Rate(int perSecond, int burst) {}

        static Webhook of(SettingSource given, Path kubeconfig) {
            return new Webhook(
                    kubeconfig,
                    new BatchLimits(
                            number(given, "batch-buffer-size", 10_000, 1),
                            number(given, "batch-max-size", 400, 1),
                            Duration.ofSeconds(number(given, "batch-max-wait-seconds", 30, 0))),
                    given.isOn(WEBHOOK + "batch-throttle-enable", true)
                            ? Optional.of(
                                    new Rate(
                                            number(given, "batch-throttle-qps", 10, 1),
                                            number(given, "batch-throttle-burst", 15, 1)))
                            : Optional.empty(),
                    Duration.ofSeconds(number(given, "initial-backoff-seconds", 10, 0)),
                    given.isOn(WEBHOOK + "truncate-enabled", false)
                            ? new EventPacking(
                                    number(given, "truncate-max-event-size", 100 << 10, 1),
                                    number(given, "truncate-max-batch-size", 10 << 20, 1))
                            : EventPacking.UNLIMITED);
        }

        private static int number(SettingSource given, String name, int otherwise, int least) {
            return given.number(WEBHOOK + name, otherwise, least, 1 << 30);
        }

        Optional<Throttle> newThrottle() {
            return rate.map(each -> new Throttle(each.perSecond, each.burst));
        }
    }

    public static AuditSettings of(SettingSource given) {
        return new AuditSettings(
                given.find("gantry.gateway.audit-log").map(Path::of),
                given.find(POLICY).map(Path::of),
                given.find(WEBHOOK + "config").map(Path::of).map(file -> Webhook.of(given, file)),
                given.isOn("gantry.gateway.audit-topic", false)
                        ? Optional.of(given.kafka())
                        : Optional.empty());
    }

    List<BufferedBackend> backends(AuditCounts counts) {
        List<BufferedBackend> all = new ArrayList<>();
        log.ifPresent(
                path ->
                        all.add(
                                new BufferedBackend(
                                        new FileBackend(path), BatchLimits.FILE, counts)));
        webhook.ifPresent(
                each ->
                        all.add(
                                new BufferedBackend(
                                        new WebhookBackend(serverOf(each), each, counts),
                                        each.limits,
                                        counts)));
        topic.ifPresent(
                kafka ->
                        all.add(
                                new BufferedBackend(
                                        new TopicBackend(kafka, counts),
                                        BatchLimits.TOPIC,
                                        counts)));
        return all;
    }

    private static WebhookServer serverOf(Webhook webhook) {
        try {
            return new WebhookServer(webhook.kubeconfig, WEBHOOK_TIMEOUT);
        } catch (IllegalArgumentException useless) {
            throw new BadSetting(WEBHOOK + "config: " + useless.getMessage());
        }
    }
}
