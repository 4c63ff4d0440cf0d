package dev.gantry.state.shell.store;

import static dev.gantry.state.log.Samples.configMap;
import static dev.gantry.state.log.Samples.createConfigMap;
import static dev.gantry.state.log.Samples.putConfigMap;
import static dev.gantry.state.log.Samples.remove;
import static dev.gantry.state.log.StateLogContract.CONFIG_MAPS;
import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Assignment;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Stamp;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.message.RejectedBinding;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.Samples;
import dev.gantry.state.log.StoredObject;
import dev.gantry.testkit.TestKafka;
import dev.gantry.testkit.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class StateStoreTest {
    private static final ObjectKey POD = Samples.key(Kinds.POD, "default", "web");

    @TempDir Path folder;
    private RunningStore running;

    @BeforeEach
    void start() throws Exception {
        running = new RunningStore(TestPostgres.freshDatabase(), TestKafka.shared(), folder);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void everyCommittedRevisionComesOutInOrder() throws Exception {
        Revision made = running.commit(createConfigMap("a", "1"));
        Revision put = running.commit(putConfigMap("a", "2", made));
        Revision other = running.commit(createConfigMap("b", "1"));
        Revision gone = running.commit(remove(configMap("a"), put));

        List<ChangeMessage> told =
                running.feed.changesUntil(CONFIG_MAPS, found -> found.size() >= 4);

        assertThat(told)
                .extracting(ChangeMessage::revision)
                .containsExactly(made, put, other, gone);
        assertThat(told.get(1).previous()).isEqualTo(made);
        assertThat(told.get(3).body()).isNull();
        assertThat(told.get(3).type()).isEqualTo(ChangeMessage.Type.DELETED);
    }

    @Test
    void aRestartContinuesTheFeedWhereItWas() throws Exception {
        List<Revision> committed = new ArrayList<>();
        committed.add(running.commit(createConfigMap("a", "1")));
        running.restart();
        committed.add(running.commit(createConfigMap("b", "1")));
        running.restart();
        committed.add(running.commit(createConfigMap("c", "1")));

        List<ChangeMessage> told =
                running.feed.changesUntil(
                        CONFIG_MAPS,
                        found ->
                                !found.isEmpty()
                                        && found.getLast().revision().equals(committed.getLast()));

        assertThat(told.stream().map(ChangeMessage::revision).distinct())
                .containsExactlyElementsOf(committed);
    }

    @Test
    void secretsAreToldWithoutTheirValues() throws Exception {
        Resource secret =
                Samples.object(Kinds.SECRET, Samples.key(Kinds.SECRET, "default", "token"));
        secret.tree().putObject("data").put("password", "aHVudGVyMg==");
        running.commit(Samples.create(Kinds.SECRET, secret));

        ChangeMessage told =
                running.feed.changesUntil(Resources.SECRETS, found -> !found.isEmpty()).getFirst();

        assertThat(new String(told.body())).contains("password").doesNotContain("aHVudGVyMg==");
    }

    @Test
    void aBindingPutsThePodOnItsNodeAndWakesTheAgent() throws Exception {
        running.commit(pod(""));
        running.commit(node("node-a"));
        awaitTopics("node-a");

        running.send(running.kafka.topics().bindings(), "uid", binding("uid-of-default/web"));

        StoredObject bound = awaitPod("spec.nodeName", "node-a");
        assertThat(bound.decode().status().at("/conditions/0/type").stringValue())
                .isEqualTo("PodScheduled");
        assertThat(running.store().log().list(Resources.EVENTS, "default").objects())
                .extracting(event -> Resource.text(event.decode().tree(), "reason"))
                .containsExactly("Scheduled");
        Assignment wakeUp =
                MessageCodec.decode(
                        running.feed
                                .valuesUntil(running.kafka.topics().assignments("node-a"), 1)
                                .getFirst(),
                        Assignment.class);
        assertThat(wakeUp.node()).isEqualTo("node-a");
        assertThat(wakeUp.revision()).isEqualTo(bound.revision());
    }

    @Test
    void aBindingOfAnotherLifeIsRejectedAndHoldsNobodyUp() throws Exception {
        running.commit(pod(""));
        running.commit(node("node-a"));

        running.send(running.kafka.topics().bindings(), "uid", List.of("no binding"));
        running.send(running.kafka.topics().bindings(), "uid", binding("uid-of-the-last-one"));
        running.send(running.kafka.topics().bindings(), "uid", binding("uid-of-default/web"));

        awaitPod("spec.nodeName", "node-a");
        RejectedBinding rejected =
                MessageCodec.decode(
                        running.feed
                                .valuesUntil(running.kafka.topics().rejectedBindings(), 1)
                                .getFirst(),
                        RejectedBinding.class);
        assertThat(rejected.binding().uid()).isEqualTo(new Uid("uid-of-the-last-one"));
    }

    @Test
    void whatWasRefusedAndWhoWasDeposedStaysSoAfterARestart() throws Exception {
        String topic = running.kafka.topics().bindings();
        running.commit(pod(""));
        running.send(topic, "uid", Binding.fence(5));
        running.send(topic, "uid", binding("uid-of-default/web").stamped(new Stamp(5, 1)));
        awaitRejections(1);

        running.restart();
        running.commit(node("node-a"));
        running.send(topic, "uid", binding("uid-of-default/web").stamped(new Stamp(4, 9)));
        running.send(topic, "uid", binding("uid-of-the-last-one").stamped(new Stamp(5, 2)));

        assertThat(awaitRejections(2).getLast().binding().stamp()).isEqualTo(new Stamp(5, 2));
        assertThat(running.store().log().get(POD).orElseThrow().field("spec.nodeName")).isEmpty();
    }

    private List<RejectedBinding> awaitRejections(int count) {
        return running.feed.valuesUntil(running.kafka.topics().rejectedBindings(), count).stream()
                .map(each -> MessageCodec.decode(each, RejectedBinding.class))
                .toList();
    }

    @Test
    void anAgentsReportIsMergedAndAnOlderOneIsNot() throws Exception {
        running.commit(pod("node-a"));
        running.commit(node("node-a"));
        String topic = running.kafka.topics().podStatus("node-a");
        awaitTopics("node-a");

        running.send(topic, "uid", report(7, "Running", false));
        await().until(() -> phase().equals("Running"));
        running.restart();
        running.send(topic, "uid", report(6, "Pending", false));
        running.send(topic, "uid", report(8, "Succeeded", false));

        await().until(() -> phase().equals("Succeeded"));
        assertThat(phases()).containsExactly("", "Running", "Succeeded");
    }

    /** All of it is JSON, and none of it a report. */
    @Test
    void whatANodeWritesInsteadOfAReportHoldsNobodyUp() throws Exception {
        running.commit(pod("node-a"));
        running.commit(node("node-a"));
        String topic = running.kafka.topics().podStatus("node-a");
        awaitTopics("node-a");

        running.send(topic, "uid", JsonNodeFactory.instance.nullNode());
        running.send(topic, "uid", Map.of("node", "node-a"));
        running.send(topic, "uid", report(1, "Running", false));

        await().until(() -> phase().equals("Running"));
    }

    private List<String> phases() {
        return running.feed.changesUntil(Resources.PODS, found -> found.size() >= 3).stream()
                .map(StateStoreTest::phaseOf)
                .distinct()
                .toList();
    }

    @Test
    void aPodThatIsBeingDeletedIsRemovedOnceNothingOfItIsLeft() throws Exception {
        Revision made = running.commit(pod("node-a"));
        Resource deleting = Samples.podOn("web", "node-a");
        deleting.mutableMetadata().put("deletionTimestamp", Samples.NOON.toString());
        running.commit(Samples.put(Kinds.POD, deleting, made));

        running.commit(node("node-a"));
        awaitTopics("node-a");
        running.send(running.kafka.topics().podStatus("node-a"), "uid", report(1, "Failed", true));

        await().until(() -> running.store().log().get(POD).isEmpty());
    }

    @Test
    void aNodeSpeaksOnlyForItselfAndOnlyOfNow() throws Exception {
        running.commit(pod("node-a"));
        running.commit(node("node-a"));
        running.commit(node("node-b"));
        awaitTopics("node-a");
        awaitTopics("node-b");
        Topics topics = running.kafka.topics();

        running.send(topics.podStatus("node-b"), "uid", report(1, "Failed", false));
        running.send(topics.podStatus("node-b"), "uid", report(1, "Failed", true));
        running.send(topics.podStatus("node-a"), "uid", report(Long.MAX_VALUE, "Failed", false));
        running.send(topics.podStatus("node-a"), "uid", report(1, "Running", false));

        await().until(() -> phase().equals("Running"));
        running.send(topics.podStatus("node-b"), "uid", report(3, "Failed", false));
        running.send(topics.podStatus("node-a"), "uid", report(2, "Succeeded", false));
        await().until(() -> phase().equals("Succeeded"));
        assertThat(phases()).containsExactly("", "Running", "Succeeded");
    }

    @Test
    void topicsComeAndGoWithANodesAgent() throws Exception {
        Revision made = running.commit(node("node-a"));
        Resource simulated = Samples.object(Kinds.NODE, Samples.key(Kinds.NODE, "", "simulated"));
        running.commit(Samples.create(Kinds.NODE, simulated));
        awaitTopics("node-a");
        assertThat(topicNames())
                .contains(running.kafka.topics().assignments("node-a"))
                .noneMatch(each -> each.endsWith("simulated"));

        running.restart();
        running.commit(Samples.remove(Samples.key(Kinds.NODE, "", "node-a"), made));
        await().until(() -> topicNames().stream().noneMatch(each -> each.endsWith("node-a")));
    }

    private void awaitTopics(String node) throws Exception {
        String last = running.kafka.topics().usage(node);
        await().until(() -> topicNames().contains(last));
    }

    private Set<String> topicNames() throws Exception {
        try (Admin admin = Admin.create(new TreeMap<String, Object>(running.kafka.connection()))) {
            return admin.listTopics().names().get().stream()
                    .filter(each -> each.startsWith(running.kafka.topics().prefix()))
                    .collect(Collectors.toSet());
        }
    }

    private static String phaseOf(ChangeMessage told) {
        return told.body() == null
                ? ""
                : Resource.text(JsonMapper.shared().readTree(told.body()).path("status"), "phase");
    }

    private String phase() {
        return Resource.text(
                running.store().log().get(POD).orElseThrow().decode().status(), "phase");
    }

    private StoredObject awaitPod(String field, String value) {
        await().until(
                        () -> running.store().log().get(POD).orElseThrow().field(field),
                        value::equals);
        return running.store().log().get(POD).orElseThrow();
    }

    private static dev.gantry.state.log.Change pod(String node) {
        Resource pod = Samples.podOn("web", node);
        if (node.isEmpty()) {
            ((ObjectNode) pod.spec()).remove("nodeName");
        }
        return Samples.create(Kinds.POD, pod);
    }

    private static dev.gantry.state.log.Change node(String name) {
        Resource node = Samples.object(Kinds.NODE, Samples.key(Kinds.NODE, "", name));
        Resource.child(node.tree(), "status")
                .putObject("daemonEndpoints")
                .putObject("kubeletEndpoint")
                .put("Port", 10250);
        return Samples.create(Kinds.NODE, node);
    }

    private static Binding binding(String uid) {
        return new Binding(
                new Binding.Pod("default", "web", new Uid(uid)), 1, "node-a", Binding.Grounds.NONE);
    }

    private static PodStatusReport report(long sequence, String phase, boolean isGone) {
        ObjectNode status = JsonMapper.shared().createObjectNode().put("phase", phase);
        return new PodStatusReport(
                "node-a",
                "default",
                "web",
                new Uid("uid-of-default/web"),
                sequence,
                status,
                isGone);
    }
}
