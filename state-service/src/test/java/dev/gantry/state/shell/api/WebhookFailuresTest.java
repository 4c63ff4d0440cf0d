package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.CONFIG_MAPS;
import static dev.gantry.state.shell.api.WebhookWorld.MAPS;
import static dev.gantry.state.shell.api.WebhookWorld.json;
import static dev.gantry.state.shell.api.WebhookWorld.webhook;
import static dev.gantry.state.shell.webhook.WebhookServer.allowed;
import static dev.gantry.state.shell.webhook.WebhookServer.denied;
import static dev.gantry.state.shell.webhook.WebhookServer.patch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients are told, and what happens where a webhook does not do its part. */
class WebhookFailuresTest {
    private static final String FAILED =
            "Internal error occurred: failed calling webhook \"v.example.com\": ";
    private WebhookWorld world;

    @BeforeEach
    void start() throws InterruptedException {
        world = new WebhookWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                              | 400 |           | without explanation",
                "{'message':'no'}                | 400 |           | : no",
                "{'reason':'BecauseISaySo'}      | 400 | BecauseISaySo | : BecauseISaySo",
                "{'message':'no','code':200}     | 400 |           | : no",
                "{'message':'no','code':418,'reason':'Tea'} | 418 | Tea | : no",
            })
    void aRefusalIsPassedOnInTheWebhooksOwnWords(
            String status, int code, String reason, String words) {
        world.validating("v", CONFIG_MAPS, "");
        world.answers("v", _ -> denied(json(status)));

        Answer refused = world.createMap("x");

        String glue = words.startsWith(":") ? "" : " ";
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.text("/reason")).isEqualTo(reason == null ? "" : reason);
        assertThat(refused.message())
                .isEqualTo("admission webhook \"v.example.com\" denied the request" + glue + words);
        assertThat(world.api.get(MAPS + "/x").code()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | webhook response was absent",
                "{'response':{'uid':'x'}} | expected response.uid=",
                "{'response':{'uid':'UID','allowed':true}} | expected webhook response of"
                        + " admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind=",
                "{'apiVersion':'admission.k8s.io/v1','kind':'AdmissionReview','response':{'uid':'UID','allowed':true,'patch':'W10='}}"
                        + " | validating webhook may not return response.patch",
            })
    void whatIsNoAnswerIsSaid(String review, String why) {
        world.validating("v", CONFIG_MAPS, "");
        world.server.raw(
                "/v",
                question -> json(review).replace("UID", question.at("/request/uid").asString()));

        Answer refused = world.createMap("x");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.text("/reason")).isEqualTo("InternalError");
        assertThat(refused.message())
                .startsWith(FAILED + "received invalid webhook response: " + why);
        assertThat(refused.text("/details/causes/0/message"))
                .startsWith("failed calling webhook \"v.example.com\": ");
    }

    @Test
    void aWebhookThatIsNotThereHoldsUpWritesOrNotAsItsPolicySays() {
        int port = world.server.port();
        world.validating("v", CONFIG_MAPS, "");
        world.mutating("m", CONFIG_MAPS, "'failurePolicy':'Ignore'");
        world.server.close();

        Answer refused = world.createMap("x");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.message())
                .isEqualTo(
                        FAILED
                                + "failed to call webhook: Post \"https://127.0.0.1:%d/v?timeout=30s\":"
                                        .formatted(port)
                                + " dial tcp 127.0.0.1:%d: connect: connection refused"
                                        .formatted(port));
        world.api.delete("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/v");
        assertThat(world.createMap("x").code()).as("the other one is ignored").isEqualTo(201);
    }

    @Test
    void aWebhookOfAnotherAuthorityIsNotTrusted() throws InterruptedException {
        try (WebhookWorld other = new WebhookWorld()) {
            String config =
                    "{'url':'%s','caBundle':'%s'}"
                            .formatted(world.server.url("/v"), other.server.authority());
            world.configure("validating", "v", webhook("v", config, CONFIG_MAPS, ""));

            Answer refused = world.createMap("x");

            assertThat(refused.code()).isEqualTo(500);
            assertThat(refused.message())
                    .endsWith(
                            "tls: failed to verify certificate: x509: certificate signed by unknown"
                                    + " authority");
            assertThat(world.server.asked).isEmpty();
        }
    }

    @Test
    void aWebhookIsWaitedForAsLongAsItSays() {
        CountDownLatch never = new CountDownLatch(1);
        world.server.raw(
                "/v",
                _ -> {
                    try {
                        never.await();
                    } catch (InterruptedException stopping) {
                        Thread.currentThread().interrupt();
                    }
                    return "";
                });
        String hook = webhook("v", world.clientConfig("v"), CONFIG_MAPS, "");
        world.configure(
                "validating", "v", hook.replace("'timeoutSeconds':30", "'timeoutSeconds':1"));

        Answer refused = world.createMap("x");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.message())
                .isEqualTo(
                        FAILED
                                + "failed to call webhook: Post \"%s?timeout=1s\": context deadline exceeded"
                                        .formatted(world.server.url("/v")));
    }

    @Test
    void aServiceIsReachedAtItsEndpointsUnderItsOwnName() throws InterruptedException {
        String config =
                "{'service':{'name':'hook','namespace':'shop','path':'/v'},'caBundle':'%s'}"
                        .formatted(world.server.authority());
        world.configure("validating", "v", webhook("v", config, CONFIG_MAPS, ""));
        world.answers("v", _ -> allowed());
        String where = "Post \"https://hook.shop.svc:443/v?timeout=30s\": ";

        assertThat(world.createMap("x").message())
                .isEqualTo(
                        FAILED + "failed to call webhook: " + where + "service \"hook\" not found");
        world.api.post(
                "/api/v1/namespaces/shop/services",
                json("{'metadata':{'name':'hook'},'spec':{'ports':[{'name':'tls','port':443}]}}"));
        assertThat(world.createMap("x").message())
                .isEqualTo(
                        FAILED
                                + "failed to call webhook: "
                                + where
                                + "no endpoints available for service \"hook\"");
        world.storeEndpoints();

        Answer made = world.createMap("x");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(world.server.asked).hasSize(1);
    }

    @Test
    void warningsReachTheClientAndAnnotationsTheAuditLogWhateverTheVerdict() {
        world.validating("v", CONFIG_MAPS, "");
        world.answers(
                "v",
                request -> {
                    var response =
                            request.at("/object/metadata/name").asString().equals("good")
                                    ? allowed()
                                    : denied("{\"message\":\"no\"}");
                    response.putArray("warnings").add("mind the gap");
                    response.putObject("auditAnnotations").put("seen", "yes");
                    return response;
                });

        assertThat(world.createMap("good").headers())
                .containsEntry("Warning", "299 - \"mind the gap\"");
        assertThat(world.createMap("bad").headers())
                .containsEntry("Warning", "299 - \"mind the gap\"")
                .containsEntry(ApiReply.AUDIT_ANNOTATIONS, "{\"v.example.com/seen\":\"yes\"}");
    }

    @Test
    void aPatchThatDoesNotFitIsAnError() {
        world.mutating("v", CONFIG_MAPS, "");
        world.answers("v", _ -> patch("[{'op':'remove','path':'/data/none'}]"));

        Answer refused = world.createMap("x");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.message())
                .isEqualTo(
                        "Internal error occurred: error in remove for path: '/data/none': Unable to"
                                + " remove nonexistent key: none: missing value");
    }

    @Test
    void whatAWebhookMakesOfAnObjectIsValidated() {
        world.mutating("v", CONFIG_MAPS, "");
        world.answers("v", _ -> patch("[{'op':'add','path':'/data/no way','value':'x'}]"));

        Answer refused = world.createMap("x");

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message()).contains("data[no way]");
    }

    @Test
    void theFormerFormOfReviewsIsSpokenWhereItIsAskedFor() {
        world.answers("v", _ -> allowed());
        String hook = webhook("v", world.clientConfig("v"), CONFIG_MAPS, "");
        world.configure("validating", "v", hook.replace("['v1']", "['v2','v1beta1','v1']"));
        world.server.raw(
                "/v",
                question ->
                        "{\"response\":{\"allowed\":true},\"apiVersion\":\""
                                + question.path("apiVersion").asString()
                                + "\"}");

        Answer made = world.createMap("x");

        assertThat(made.code()).as("v1beta1 needs no uid: " + made.message()).isEqualTo(201);
    }

    @Test
    void callsAreCountedAndTimedByWhatCameOfThem() {
        world.mutating("m", CONFIG_MAPS, "'failurePolicy':'Ignore'");
        world.validating("v", CONFIG_MAPS, "");
        world.server.raw("/m", _ -> "no answer");
        world.answers("v", _ -> allowed());
        assertThat(world.createMap("x").code()).isEqualTo(201);
        world.answers("v", _ -> denied(json("{'code':418}")));
        assertThat(world.createMap("y").code()).isEqualTo(418);

        String of =
                "_count{name=\"%s.example.com\",operation=\"CREATE\",type=\"%s\",rejected=\"%s\"} %d";
        String duration = "apiserver_admission_webhook_admission_duration_seconds";
        assertThat(metrics().lines())
                .contains(
                        duration + of.formatted("m", "admit", false, 2),
                        duration + of.formatted("v", "validating", false, 1),
                        duration + of.formatted("v", "validating", true, 1),
                        "apiserver_admission_webhook_request_total{name=\"v.example.com\","
                                + "operation=\"CREATE\",type=\"validating\",code=\"418\","
                                + "rejected=\"true\"} 1",
                        "apiserver_admission_webhook_rejection_count{name=\"v.example.com\","
                                + "operation=\"CREATE\",type=\"validating\","
                                + "error_type=\"no_error\",rejection_code=\"418\"} 1",
                        "apiserver_admission_webhook_fail_open_count{name=\"m.example.com\","
                                + "type=\"admit\"} 2");
    }

    private String metrics() {
        ApiReply reply = world.api.raw("GET", "/metrics", "", Map.of());
        return new String(((ApiReply.Whole) reply).body(), StandardCharsets.UTF_8);
    }
}
