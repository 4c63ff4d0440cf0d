package dev.gantry.gateway.flowcontrol;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.fault.Bug;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The levels, and the schemas by which requests come to them.
 *
 * <p>Invariant: every request has a level, since the last schema matches everything.
 */
public final class FlowControl {
    /** Requests at once over all levels; compat: twice upstream's default of 400 and 200. */
    private static final int READS = 800;

    private static final int WRITES = 400;
    private static final int LEAST_SEATS = 5;

    private final List<PriorityLevel> levels;
    private final List<FlowSchema> schemas;

    FlowControl(List<PriorityLevel> levels, List<FlowSchema> schemas) {
        this.levels = List.copyOf(levels);
        this.schemas =
                schemas.stream()
                        .sorted(
                                Comparator.comparingInt(FlowSchema::precedence)
                                        .thenComparing(FlowSchema::name))
                        .toList();
    }

    public List<PriorityLevel> levels() {
        return levels;
    }

    public PriorityLevel levelOf(Caller caller, Access access) {
        return level(schema -> schema.matches(caller, access));
    }

    /** Whatever the caller asks, where that is not treated in a special way. */
    public PriorityLevel levelOf(Caller caller) {
        return level(schema -> schema.matchesAllOf(caller));
    }

    /** The level of callers that are not known. */
    public PriorityLevel lowest() {
        return schemas.getLast().level();
    }

    /** How many requests of a level may be served at once. */
    public int seats(PriorityLevel level, boolean forReads) {
        int all = shares(each -> !each.isExempt());
        return Math.max(LEAST_SEATS, (forReads ? READS : WRITES) * level.shares() / all);
    }

    /** The part of a memory of that many bytes. */
    public long partOf(long bytes, PriorityLevel level) {
        return bytes * level.shares() / shares(_ -> true);
    }

    private PriorityLevel level(Predicate<FlowSchema> matches) {
        for (FlowSchema schema : schemas) {
            if (matches.test(schema)) {
                return schema.level();
            }
        }
        throw new Bug("no flow schema matches, not even %s".formatted(schemas.getLast().name()));
    }

    private int shares(Predicate<PriorityLevel> which) {
        return levels.stream().filter(which).mapToInt(PriorityLevel::shares).sum();
    }
}
