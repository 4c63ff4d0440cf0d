package dev.gantry.client.shell.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.client.shell.access.DelegatedAccess.Lifetimes;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.exchange.Caller;
import dev.gantry.testkit.LoopbackServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the API is asked about a client, and for how long its answers are believed. */
final class DelegatedAccessTest {
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final ReviewedAccess METRICS =
            new ReviewedAccess.Subresource("get", "nodes", "n1", "metrics");
    private static final String OWNED =
            """
            {"authenticated": true, "user": {"username": "jane", "uid": "u1", "groups": ["a", "b"],
             "extra": {"example.com/scope": ["x", "y"]}}}
            """;
    private static final Caller JANE =
            new Caller(
                    "jane",
                    "u1",
                    List.of("a", "b"),
                    new TreeMap<>(Map.of("example.com/scope", List.of("x", "y"))));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger code = new AtomicInteger(201);
    private final AtomicReference<String> status = new AtomicReference<>("{}");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    @AutoClose private final LoopbackServer api;
    private final DelegatedAccess access;

    DelegatedAccessTest() throws IOException {
        api = LoopbackServer.start(this::answer);
        access =
                new DelegatedAccess(
                        ClusterApi.of(ClusterAccess.withToken(api.url(), "test")),
                        Lifetimes.OF_KUBELET,
                        now::get);
    }

    @Test
    void asksWhoseATokenIsAndBelievesItForTwoMinutes() {
        status.set(OWNED);
        assertThat(access.owner("Bearer secret")).contains(JANE);
        assertThat(asked)
                .containsExactly(
                        "/apis/authentication.k8s.io/v1/tokenreviews {\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\"secret\"}}");

        status.set("{}");
        pass(Duration.ofMinutes(2).minus(MOMENT));
        assertThat(access.owner("bearer  secret")).contains(JANE);
        pass(MOMENT);
        assertThat(access.owner("Bearer secret")).isEmpty();
        assertThat(asked).hasSize(2);

        status.set(OWNED);
        pass(Duration.ofMinutes(2).minus(MOMENT));
        assertThat(access.owner("Bearer secret")).isEmpty();
        pass(MOMENT);
        assertThat(access.owner("Bearer secret")).contains(JANE);
    }

    @Test
    void asksNobodyAboutWhatIsNoToken() {
        assertThat(access.owner("")).isEmpty();
        assertThat(access.owner("Basic amFuZTp4")).isEmpty();
        assertThat(access.owner("Bearer")).isEmpty();
        assertThat(access.owner("Bearer  ")).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void asksWhatTheOwnerMayDoAndBelievesAYesLongerThanANo() {
        status.set("{\"allowed\": false}");
        assertThat(access.isAllowed(JANE, METRICS)).isFalse();
        assertThat(asked)
                .containsExactly(
                        "/apis/authorization.k8s.io/v1/subjectaccessreviews {\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\",\"spec\":{\"user\":\"jane\",\"uid\":\"u1\",\"groups\":[\"a\",\"b\"],\"extra\":{\"example.com/scope\":[\"x\",\"y\"]},\"resourceAttributes\":{\"verb\":\"get\",\"version\":\"v1\",\"resource\":\"nodes\",\"subresource\":\"metrics\",\"name\":\"n1\"}}}");

        status.set("{\"allowed\": true}");
        pass(Duration.ofSeconds(30).minus(MOMENT));
        assertThat(access.isAllowed(JANE, METRICS)).isFalse();
        pass(MOMENT);
        assertThat(access.isAllowed(JANE, METRICS)).isTrue();

        status.set("{\"allowed\": false}");
        pass(Duration.ofMinutes(5).minus(MOMENT));
        assertThat(access.isAllowed(JANE, METRICS)).isTrue();
        pass(MOMENT);
        assertThat(access.isAllowed(JANE, METRICS)).isFalse();
    }

    @Test
    void takesNoAnswerForAnother() {
        status.set("{\"allowed\": true}");
        assertThat(access.isAllowed(JANE, METRICS)).isTrue();
        status.set("{\"allowed\": false}");
        var stats = new ReviewedAccess.Subresource("get", "nodes", "n1", "stats");
        assertThat(access.isAllowed(JANE, stats)).isFalse();
        var john = new Caller("john", "u1", JANE.groups(), JANE.extra());
        assertThat(access.isAllowed(john, METRICS)).isFalse();
        var fewer = new Caller("jane", "u1", List.of("a"), JANE.extra());
        assertThat(access.isAllowed(fewer, METRICS)).isFalse();
    }

    @Test
    void believesNoFailure() {
        code.set(500);
        assertThatThrownBy(() -> access.owner("Bearer secret")).isInstanceOf(ApiRefused.class);
        assertThatThrownBy(() -> access.isAllowed(JANE, METRICS)).isInstanceOf(ApiRefused.class);
        code.set(201);
        status.set(OWNED);
        assertThat(access.owner("Bearer secret")).contains(JANE);
        status.set("{\"allowed\": true}");
        assertThat(access.isAllowed(JANE, METRICS)).isTrue();
    }

    @Test
    void forgetsWhatNobodyAskedForTheLongest() {
        var answers = new BelievedAnswers<String, Integer>(2);
        Instant later = Instant.EPOCH.plusSeconds(1);
        answers.remember("a", 1, later);
        answers.remember("b", 2, later);
        assertThat(answers.find("a", Instant.EPOCH)).isEqualTo(Optional.of(1));
        answers.remember("c", 3, later);
        assertThat(answers.find("b", Instant.EPOCH)).isEmpty();
        assertThat(answers.find("a", Instant.EPOCH)).contains(1);
        assertThat(answers.find("c", Instant.EPOCH)).contains(3);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(
                exchange.getRequestURI()
                        + " "
                        + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        LoopbackServer.reply(exchange, code.get(), "{\"status\":" + status.get() + "}");
    }
}
