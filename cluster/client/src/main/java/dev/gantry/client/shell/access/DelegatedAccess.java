package dev.gantry.client.shell.access;

import dev.gantry.client.queue.Outage;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.loop.SteadyTime;
import dev.gantry.model.digest.Sha256;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.MediaType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the API whose a token is, and what they may do. Safe for several threads.
 *
 * <p>Compat: the delegating authenticator and authorizer of {@code k8s.io/apiserver}, by which
 * kubelet, kube-scheduler and kube-controller-manager guard their ports. Answers of both kinds are
 * believed for a while, failures to get one are not. A client certificate is not asked for.
 */
public final class DelegatedAccess {
    private static final Logger LOG = LoggerFactory.getLogger(DelegatedAccess.class);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String BEARER = "bearer ";
    private static final int MOST_ANSWERS = 1024;

    /** Whoever has no token must not keep the API busy by trying some. */
    private static final int REVIEWS_AT_ONCE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ClusterApi api;
    private final Outage outage = new Outage();
    private final Lifetimes lifetimes;
    private final InstantSource clock;
    private final Semaphore reviews = new Semaphore(REVIEWS_AT_ONCE, true);

    /** By the hash of the token: tokens may be long, and are nobody else's to see. */
    private final BelievedAnswers<String, Optional<Caller>> owners =
            new BelievedAnswers<>(MOST_ANSWERS);

    private final BelievedAnswers<Question, Boolean> verdicts = new BelievedAnswers<>(MOST_ANSWERS);

    private record Question(Caller caller, ReviewedAccess access) {}

    /**
     * How long an answer is believed.
     *
     * @param token that a token has an owner, or none
     * @param allowed that somebody may do something
     * @param denied that somebody may not
     */
    public record Lifetimes(Duration token, Duration allowed, Duration denied) {
        /**
         * Compat: {@code authentication.webhook} and {@code authorization.webhook} of a kubelet.
         */
        public static final Lifetimes OF_KUBELET =
                new Lifetimes(Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofSeconds(30));

        /** Compat: {@code --authentication-token-webhook-cache-ttl} and its like. */
        public static final Lifetimes OF_CONTROL_PLANE =
                new Lifetimes(
                        Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    public DelegatedAccess(ClusterApi api, Lifetimes lifetimes) {
        this(api, lifetimes, new SteadyTime(Instant.now(), System::nanoTime)::now);
    }

    DelegatedAccess(ClusterApi api, Lifetimes lifetimes, InstantSource clock) {
        this.api = api;
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    /**
     * Empty where nobody is proved to ask. Throws ApiRefused or ApiUnreachable where the API does
     * not say.
     *
     * @param authorization the header; may be empty
     */
    public Optional<Caller> owner(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        String token = authorization.substring(BEARER.length()).strip();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        String key = Sha256.hex(token);
        Optional<Optional<Caller>> known = owners.find(key, clock.instant());
        if (known.isPresent()) {
            return known.get();
        }
        Optional<Caller> owner = review(token);
        owners.remember(key, owner, clock.instant().plus(lifetimes.token()));
        return owner;
    }

    /** Throws ApiRefused or ApiUnreachable where the API does not say. */
    public boolean isAllowed(Caller caller, ReviewedAccess access) {
        var question = new Question(caller, access);
        Optional<Boolean> known = verdicts.find(question, clock.instant());
        if (known.isPresent()) {
            return known.get();
        }
        boolean allowed = review(question);
        Duration lifetime = allowed ? lifetimes.allowed() : lifetimes.denied();
        verdicts.remember(question, allowed, clock.instant().plus(lifetime));
        return allowed;
    }

    private Optional<Caller> review(String token) {
        ObjectNode asked = object("authentication.k8s.io/v1", "TokenReview");
        asked.putObject("spec").put("token", token);
        JsonNode answer = ask("/apis/authentication.k8s.io/v1/tokenreviews", asked);
        return answer.path("authenticated").asBoolean(false)
                ? Optional.of(caller(answer.path("user")))
                : Optional.empty();
    }

    private boolean review(Question question) {
        ObjectNode asked = object("authorization.k8s.io/v1", "SubjectAccessReview");
        ObjectNode spec = asked.putObject("spec");
        Caller caller = question.caller();
        spec.put("user", caller.user()).put("uid", caller.uid());
        caller.groups().forEach(spec.putArray("groups")::add);
        spec.set("extra", caller.extraTree());
        question.access().describe(spec);
        JsonNode answer = ask("/apis/authorization.k8s.io/v1/subjectaccessreviews", asked);
        return answer.path("allowed").asBoolean(false);
    }

    private JsonNode ask(String path, ObjectNode review) {
        try {
            awaitTurn(path);
            try {
                JsonNode answer = api.send("POST", path, review, JSON).status();
                worked();
                return answer;
            } finally {
                reviews.release();
            }
        } catch (ApiRefused | ApiUnreachable fault) {
            failed(fault);
            throw fault;
        }
    }

    private void worked() {
        synchronized (outage) {
            outage.over(clock.instant())
                    .ifPresent(how -> LOG.info("the API reviews clients again {}", how));
        }
    }

    private void failed(RuntimeException fault) {
        synchronized (outage) {
            if (outage.failed(clock.instant())) {
                LOG.warn(
                        "the API does not review clients, which are refused meanwhile: {}",
                        fault.getMessage());
            }
        }
    }

    private void awaitTurn(String path) {
        try {
            if (!reviews.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException("too many others are asked for at once");
            }
        } catch (TimeoutException busy) {
            throw new ApiUnreachable("POST " + path + ": " + busy.getMessage(), busy);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new ApiUnreachable("POST " + path + ": interrupted", closing);
        }
    }

    private static Caller caller(JsonNode user) {
        return new Caller(
                Resource.text(user, "username"),
                Resource.text(user, "uid"),
                user.path("groups").valueStream().map(each -> each.asString("")).toList(),
                Caller.extraIn(user.path("extra")));
    }

    private static ObjectNode object(String apiVersion, String kind) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", apiVersion)
                .put("kind", kind);
    }
}
