package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.testkit.Patience;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit log, by a policy. */
@Timeout(180)
class AuditTest {
    private static final String MAPS = "/api/v1/namespaces/team/configmaps";
    private static final String EVERYTHING =
            "{'apiVersion':'audit.k8s.io/v1','kind':'Policy','omitManagedFields':true,"
                    + "'rules':[{'level':'None','nonResourceURLs':['/livez*']},"
                    + "{'level':'RequestResponse'}]}";

    @TempDir Path folder;
    private @Nullable RunningGateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void writesDownWhatThePolicyAsksFor() throws Exception {
        RunningGateway running = open(EVERYTHING);
        running.get(running.admin(), "/livez");
        running.post(
                running.admin(),
                MAPS,
                "{\"metadata\":{\"name\":\"a\",\"managedFields\":[{}]},\"data\":{\"k\":\"v\"}}");
        List<JsonNode> events = events(2);
        assertThat(stage(events.get(0))).isEqualTo("RequestReceived");
        assertThat(events.get(0).has("responseStatus")).isFalse();
        JsonNode done = events.get(1);
        assertThat(stage(done)).isEqualTo("ResponseComplete");
        assertThat(done.path("level").asString()).isEqualTo("RequestResponse");
        assertThat(done.at("/requestObject/data/k").asString()).isEqualTo("v");
        assertThat(done.at("/responseObject/metadata/name").asString()).isEqualTo("a");
        assertThat(done.at("/requestObject/metadata").has("managedFields")).isFalse();
        assertThat(done.at("/responseStatus/code").asInt()).isEqualTo(201);
    }

    @Test
    void neverTellsWhatIsInASecret() throws Exception {
        RunningGateway running = open(EVERYTHING);
        running.post(
                running.admin(),
                "/api/v1/namespaces/team/secrets",
                "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"aGlkZGVu\"}}");
        JsonNode done = events(2).get(1);
        assertThat(done.path("level").asString()).isEqualTo("Metadata");
        assertThat(done.toString()).contains("secrets").doesNotContain("aGlkZGVu");
    }

    @Test
    void refusalsSayWhyAndTheUnknownAreWrittenDownToo() throws Exception {
        RunningGateway running = open(EVERYTHING);
        running.get(running.pki.clientOf("CN=jane"), MAPS);
        JsonNode forbidden = events(2).get(1);
        assertThat(forbidden.at("/responseStatus/reason").asString()).isEqualTo("Forbidden");
        assertThat(forbidden.at("/annotations/authorization.k8s.io~1decision").asString())
                .isEqualTo("forbid");

        running.get(running.pki.client(TestPki.selfSigned("CN=admin")), MAPS);
        JsonNode unknown = events(3).get(2);
        assertThat(stage(unknown)).isEqualTo("ResponseStarted");
        assertThat(unknown.at("/responseStatus/code").asInt()).isEqualTo(401);
    }

    @Test
    void aWatchIsWrittenDownWhenItBeginsAndWhenItEnds() throws Exception {
        RunningGateway running = open(EVERYTHING);
        HttpRequest watch = HttpRequest.newBuilder(running.uri(MAPS + "?watch=true")).build();
        HttpResponse<InputStream> reply =
                RunningGateway.client(running.admin()).send(watch, BodyHandlers.ofInputStream());
        assertThat(events(2).stream().map(AuditTest::stage))
                .containsExactly("RequestReceived", "ResponseStarted");
        reply.body().close();
        assertThat(stage(events(3).get(2))).isEqualTo("ResponseComplete");
    }

    @Test
    void annotationsOfAdmissionGoIntoTheLogAndNoFurther() throws Exception {
        RunningGateway running = open(EVERYTHING);
        running.backend.headers.put(ApiReply.AUDIT_ANNOTATIONS, "{\"p.example/high\":\"three\"}");
        HttpResponse<String> reply =
                running.post(running.admin(), MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        assertThat(reply.headers().map().keySet())
                .noneMatch(each -> each.equalsIgnoreCase(ApiReply.AUDIT_ANNOTATIONS));
        assertThat(events(2).get(1).at("/annotations/p.example~1high").asString())
                .isEqualTo("three");
    }

    @Test
    void patchesOfWebhooksAreWrittenDownWhereBodiesAre() throws Exception {
        String noted =
                "{\"mutation.webhook.admission.k8s.io/round_0_index_0\":\"m\","
                        + "\"patch.webhook.admission.k8s.io/round_0_index_0\":\"p\"}";
        RunningGateway running =
                open(
                        "{'apiVersion':'audit.k8s.io/v1','kind':'Policy','omitStages':['RequestReceived'],"
                                + "'rules':[{'level':'Request','namespaces':['team']},{'level':'Metadata'}]}");
        running.backend.headers.put(ApiReply.AUDIT_ANNOTATIONS, noted);
        running.post(running.admin(), MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        running.post(
                running.admin(), MAPS.replace("team", "other"), "{\"metadata\":{\"name\":\"a\"}}");

        List<JsonNode> events = events(2);
        String patch = "/annotations/patch.webhook.admission.k8s.io~1round_0_index_0";
        String mutation = "/annotations/mutation.webhook.admission.k8s.io~1round_0_index_0";
        assertThat(events.getFirst().at(patch).asString()).isEqualTo("p");
        assertThat(events.getLast().at(patch).isMissingNode()).isTrue();
        assertThat(events).allMatch(each -> each.at(mutation).asString().equals("m"));
    }

    @Test
    void withoutAPolicyThereIsOneEntryWithoutBodies() throws Exception {
        RunningGateway running = RunningGateway.audited(folder);
        gateway = running;
        running.post(running.admin(), MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        running.get(running.pki.clientOf("CN=jane"), MAPS);
        List<JsonNode> events = events(2);
        assertThat(events.stream().map(AuditTest::stage))
                .containsExactly("ResponseComplete", "ResponseComplete");
        assertThat(events.getFirst().has("requestObject")).isFalse();
        assertThat(events.getLast().path("responseStatus").properties()).hasSize(2);
    }

    @Test
    void doesNotStartWithAWrongPolicy() {
        assertThatThrownBy(() -> open("{'apiVersion':'audit.k8s.io/v1','kind':'Polity'}"))
                .rootCause()
                .hasMessageContaining("gantry.gateway.audit-policy")
                .hasMessageContaining("Polity");
    }

    private RunningGateway open(String policy) throws Exception {
        Path file = folder.resolve("policy.yaml");
        Files.writeString(file, policy.replace('\'', '"'));
        RunningGateway running =
                new RunningGateway(
                        folder,
                        "--gantry.gateway.audit-log=" + RunningGateway.auditLog(folder),
                        "--gantry.gateway.audit-policy=" + file);
        gateway = running;
        return running;
    }

    /** All of them, once there are that many. */
    private List<JsonNode> events(int many) {
        Path log = RunningGateway.auditLog(folder);
        await().atMost(Patience.LIMIT)
                .until(() -> Files.exists(log) && Files.readAllLines(log).size() >= many);
        try {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            List<JsonNode> events =
                    text.lines().map(each -> JsonMapper.shared().readTree(each)).toList();
            assertThat(events).hasSize(many);
            return events;
        } catch (java.io.IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String stage(JsonNode event) {
        return event.path("stage").asString("");
    }
}
