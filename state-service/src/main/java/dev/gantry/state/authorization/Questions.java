package dev.gantry.state.authorization;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.AskedAccess;
import dev.gantry.authorization.Verdict;
import dev.gantry.authorization.Verdicts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Answers as far as verdicts are known, and keeps what is not known. Used by one thread, for one
 * decision.
 */
final class Questions implements Function<Access, Verdict> {
    private static final Verdict UNKNOWN = new Verdict.NoOpinion("");

    private final Verdicts verdicts;
    private final Function<Access, Verdict> byRoles;
    private final Set<AskedAccess> open = new LinkedHashSet<>();

    /**
     * @param byRoles judges where nobody else is to be asked
     */
    Questions(Verdicts verdicts, Function<Access, Verdict> byRoles) {
        this.verdicts = verdicts;
        this.byRoles = byRoles;
    }

    @Override
    public Verdict apply(Access access) {
        return verdicts.isFinal()
                ? byRoles.apply(access)
                : verdicts.find(AskedAccess.ofSender(access))
                        .orElseGet(
                                () -> {
                                    open.add(AskedAccess.ofSender(access));
                                    return UNKNOWN;
                                });
    }

    List<AskedAccess> open() {
        return List.copyOf(open);
    }
}
