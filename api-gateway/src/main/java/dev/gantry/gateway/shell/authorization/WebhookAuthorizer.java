package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.AuthorizationMode;
import dev.gantry.authorization.Verdict;
import dev.gantry.gateway.authorization.AccessReview;
import dev.gantry.gateway.authorization.WebhookSettings;
import dev.gantry.gateway.shell.webhook.WebhookServer;
import dev.gantry.model.exchange.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server outside of the platform. Its answers count for a while.
 *
 * <p>Cost: where no answer is kept, each request waits for the server.
 */
final class WebhookAuthorizer implements AuthorizationMode {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookAuthorizer.class);
    private static final int MOST_KEPT = 8_192;
    private static final int LONGEST_KEPT = 10_000;

    private record Kept(Verdict verdict, Instant until) {}

    private final String name;
    private final WebhookSettings settings;
    private final WebhookServer server;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** Throws IllegalArgumentException where its kubeconfig is of no use. */
    WebhookAuthorizer(String name, WebhookSettings settings, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.server = new WebhookServer(Path.of(settings.kubeconfig()), settings.timeout());
        this.clock = clock;
    }

    @Override
    public boolean knowsItsRules() {
        return false;
    }

    @Override
    public Verdict judge(Caller caller, Access access) {
        AccessReview review = AccessReview.of(caller, access);
        Optional<Verdict> early = review.withoutAsking(settings);
        if (early.isPresent()) {
            return early.get();
        }
        String question = review.spec().toString();
        Instant now = clock.instant();
        Kept known = kept.get(question);
        if (known != null && now.isBefore(known.until)) {
            return known.verdict;
        }
        return ask(review, question, now);
    }

    private Verdict ask(AccessReview review, String question, Instant now) {
        try {
            Verdict verdict =
                    AccessReview.verdict(server.ask(review.tree(settings.reviewVersion())));
            keep(question, verdict, now);
            return verdict;
        } catch (IOException fault) {
            LOG.warn("the authorizer {} gives no answer", name, fault);
            return AccessReview.failure(settings);
        }
    }

    private void keep(String question, Verdict verdict, Instant now) {
        Duration time = (verdict.isAllowed() ? settings.allowed() : settings.refused()).time();
        if (time.isZero() || question.length() > LONGEST_KEPT) {
            return;
        }
        if (kept.size() >= MOST_KEPT) {
            kept.values().removeIf(each -> !now.isBefore(each.until));
        }
        if (kept.size() < MOST_KEPT) {
            kept.put(question, new Kept(verdict, now.plus(time)));
        }
    }
}
