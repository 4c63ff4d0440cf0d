package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.GroupResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes a cluster look as after a long life: of many objects that there were, its topics keep the
 * word that they are gone and no word of what they were, since Kafka compacts what it is told of
 * and keeps the ends for some days.
 *
 * <p>Here it does so at once, and afterwards again as before.
 */
final class Churn {
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final String FEED = TOPICS.prefix() + "changes.";
    private static final Path MANIFEST = Path.of("src/test/resources/manifests/churn.yaml");

    /** How many kinds the manifest has, but for some room. */
    private static final int KINDS = 35;

    private static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.churn.example.com}
            spec:
              group: churn.example.com
              scope: Namespaced
              names: {plural: things, singular: thing, kind: Thing}
              versions:
              - name: v1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private static final Map<String, String> AT_ONCE =
            Map.of(
                    "segment.ms", "50",
                    "min.cleanable.dirty.ratio", "0",
                    "min.compaction.lag.ms", "0",
                    "max.compaction.lag.ms", "1");

    private static final ConfigResource BROKERS =
            new ConfigResource(ConfigResource.Type.BROKER, "");

    private static final String PAUSE_OF_CLEANER = "log.cleaner.backoff.ms";

    private final Cluster cluster;

    Churn(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Returns when the topics are as they would be after days. */
    void untilCompacted() throws Exception {
        define();
        var things = new GroupResource("churn.example.com", "things");
        try (Admin admin = Admin.create(KafkaAccess.of(cluster, "state"))) {
            eventually(() -> topics(admin).contains(TOPICS.changes(things)));
            Map<ConfigResource, Collection<AlterConfigOp>> back = compactAtOnce(admin);
            makeAndDelete("churn-first");
            // Of what a topic tells last, nothing is compacted.
            makeAndDelete("churn-second");
            eventually(() -> isCompacted(admin));
            admin.incrementalAlterConfigs(back).all().get();
        }
        cluster.kubectl("delete", "crd", "things.churn.example.com", TestNamespace.timeout());
    }

    private void define() {
        cluster.apply("default", DEFINITION);
        eventually(
                () ->
                        cluster.tryKubectl(
                                                "wait",
                                                "--for=condition=Established",
                                                "crd/things.churn.example.com",
                                                TestNamespace.timeout())
                                        .code()
                                == 0);
    }

    private void makeAndDelete(String name) throws IOException {
        String manifest =
                Files.readString(MANIFEST)
                        .replace("${name}", name)
                        .replace("${image}", Cluster.IMAGE);
        // Right after its definition, a kind may not be known to whoever is asked.
        eventually(() -> applied(manifest));
        Cluster.Result gone =
                cluster.kubectlWithYaml(
                        manifest,
                        "delete",
                        "--ignore-not-found",
                        TestNamespace.timeout(),
                        "-f",
                        "-");
        assertThat(gone.code()).as(gone.text()).isZero();
    }

    private boolean applied(String manifest) {
        Cluster.Result made = cluster.kubectlWithYaml(manifest, "apply", "-f", "-");
        assertThat(made.code()).as(made.text()).isZero();
        return true;
    }

    /** Returns what makes it compact as it did. */
    private static Map<ConfigResource, Collection<AlterConfigOp>> compactAtOnce(Admin admin)
            throws Exception {
        List<ConfigResource> topics =
                topics(admin).stream()
                        .map(each -> new ConfigResource(ConfigResource.Type.TOPIC, each))
                        .toList();
        Map<ConfigResource, Config> before = admin.describeConfigs(topics).all().get();
        Map<ConfigResource, Collection<AlterConfigOp>> back = new HashMap<>();
        Map<ConfigResource, Collection<AlterConfigOp>> changed = new HashMap<>();
        for (ConfigResource each : topics) {
            Config config = before.get(each);
            back.put(
                    each, AT_ONCE.keySet().stream().map(key -> asBefore(config.get(key))).toList());
            changed.put(
                    each,
                    AT_ONCE.entrySet().stream()
                            .map(one -> set(one.getKey(), one.getValue()))
                            .toList());
        }
        changed.put(BROKERS, List.of(set(PAUSE_OF_CLEANER, "100")));
        back.put(BROKERS, List.of(unset(PAUSE_OF_CLEANER)));
        admin.incrementalAlterConfigs(changed).all().get();
        return back;
    }

    private static AlterConfigOp asBefore(ConfigEntry entry) {
        boolean isOfTopic = entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
        return isOfTopic ? set(entry.name(), entry.value()) : unset(entry.name());
    }

    private static AlterConfigOp set(String key, String value) {
        return new AlterConfigOp(new ConfigEntry(key, value), OpType.SET);
    }

    private static AlterConfigOp unset(String key) {
        return new AlterConfigOp(new ConfigEntry(key, ""), OpType.DELETE);
    }

    private static Set<String> topics(Admin admin) throws Exception {
        return admin.listTopics().names().get(1, TimeUnit.MINUTES).stream()
                .filter(each -> each.startsWith(FEED))
                // That of events deletes, too.
                .filter(each -> !each.contains("event"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether nothing is told of the first objects but that they are gone. */
    private boolean isCompacted(Admin admin) throws Exception {
        Set<String> told = new TreeSet<>();
        Set<String> gone = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> each : records(topics(admin))) {
            if (new String(each.key(), UTF_8).endsWith("churn-first")) {
                (each.value() == null ? gone : told).add(each.topic());
            }
        }
        return told.isEmpty() && gone.size() >= KINDS;
    }

    private List<ConsumerRecord<byte[], byte[]>> records(Set<String> topics) {
        try (var consumer =
                new KafkaConsumer<>(
                        KafkaAccess.of(cluster, "state"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> all =
                    topics.stream().map(each -> new TopicPartition(each, 0)).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
            }
            return found;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
