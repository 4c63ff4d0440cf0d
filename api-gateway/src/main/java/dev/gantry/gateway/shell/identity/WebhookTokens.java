package dev.gantry.gateway.shell.identity;

import dev.gantry.gateway.authentication.ProvenToken;
import dev.gantry.gateway.authentication.TokenQuestion;
import dev.gantry.gateway.shell.webhook.WebhookServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tokens that a server outside of the platform knows. */
public final class WebhookTokens implements TokenAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookTokens.class);
    private static final int LONGEST = 64 << 10;

    private final WebhookServer server;
    private final List<String> audiences;
    private final Clock clock;
    private final BelievedTokens believed = new BelievedTokens();

    /**
     * @param audiences the gateway's own
     */
    public WebhookTokens(WebhookServer server, List<String> audiences, Clock clock) {
        this.server = server;
        this.audiences = audiences;
        this.clock = clock;
    }

    @Override
    public Optional<ProvenToken> verify(String token) {
        Instant now = clock.instant();
        Optional<ProvenToken> known = believed.find(token, now);
        if (known.isPresent() || token.isEmpty() || token.length() > LONGEST) {
            return known;
        }
        TokenQuestion question = new TokenQuestion(token, audiences);
        try {
            Optional<ProvenToken> proven = question.proven(server.ask(question.tree()));
            proven.ifPresent(found -> believed.remember(token, found, Instant.MAX, now));
            return proven;
        } catch (IOException fault) {
            LOG.warn("the webhook of tokens gives no answer", fault);
            return Optional.empty();
        }
    }
}
