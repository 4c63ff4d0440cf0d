package dev.gantry.gateway.shell.identity;

import dev.gantry.gateway.authentication.BootstrapToken;
import dev.gantry.gateway.authentication.ProvenToken;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Bootstrap tokens, by the Secrets that they are in at this moment.
 *
 * <p>Cost: a look-up for each text of their form; nothing is kept, so that a deleted one is refused
 * at once.
 */
public final class BootstrapTokens implements TokenAuthenticator {
    private final StateClient state;
    private final List<String> audiences;
    private final Clock clock;

    /**
     * @param audiences the gateway's own, for which they all are
     */
    public BootstrapTokens(StateClient state, List<String> audiences, Clock clock) {
        this.state = state;
        this.audiences = audiences;
        this.clock = clock;
    }

    @Override
    public Optional<ProvenToken> verify(String token) {
        return BootstrapToken.parse(token)
                .flatMap(parsed -> stored(parsed).flatMap(s -> parsed.caller(s, clock.instant())))
                .map(caller -> new ProvenToken(caller, audiences));
    }

    private Optional<Resource> stored(BootstrapToken token) {
        return state.get(
                new ObjectKey(Resources.SECRETS, BootstrapToken.NAMESPACE, token.secretName()));
    }
}
