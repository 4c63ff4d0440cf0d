package dev.gantry.gateway.authentication;

import dev.gantry.model.exchange.Caller;
import java.util.List;

/**
 * What a good token proves.
 *
 * @param audiences whom it is meant for
 */
public record ProvenToken(Caller caller, List<String> audiences) {
    public boolean isFor(List<String> wanted) {
        return audiences.stream().anyMatch(wanted::contains);
    }
}
