package dev.gantry.gateway.flowcontrol;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.fault.Bug;
import dev.gantry.model.flowcontrol.BootstrapFlowControl;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The levels and schemas in force.
 *
 * <p>Invariant: every request has a schema and every schema a level, since the mandatory ones are
 * there even where they are not stored.
 */
public final class FlowControl {
    private static final List<String> MANDATORY =
            List.of(BootstrapFlowControl.EXEMPT, BootstrapFlowControl.CATCH_ALL);

    private final SortedMap<String, PriorityLevel> levels = new TreeMap<>();
    private final List<FlowSchema> schemas;
    private final int catchAll;

    private FlowControl(Collection<Resource> levelObjects, Collection<Resource> schemaObjects) {
        for (Resource each : completed(BootstrapFlowControl.levels(), levelObjects)) {
            levels.put(each.name(), PriorityLevel.of(each));
        }
        SortedMap<String, FlowSchema> byName = new TreeMap<>();
        for (Resource each : completed(BootstrapFlowControl.schemas(), schemaObjects)) {
            byName.put(each.name(), FlowSchema.of(each));
        }
        this.schemas =
                byName.values().stream()
                        .filter(each -> levels.containsKey(each.level()))
                        .sorted(
                                Comparator.comparingInt(FlowSchema::precedence)
                                        .thenComparing(FlowSchema::name))
                        .toList();
        this.catchAll = schemas.indexOf(byName.get(BootstrapFlowControl.CATCH_ALL));
    }

    /** Of stored objects; a schema whose level is not among them is left out. */
    public static FlowControl of(Collection<Resource> levels, Collection<Resource> schemas) {
        return new FlowControl(levels, schemas);
    }

    /** Of a new cluster. */
    public static FlowControl bootstrap() {
        return of(BootstrapFlowControl.levels(), BootstrapFlowControl.schemas());
    }

    public SortedMap<String, PriorityLevel> levels() {
        return levels;
    }

    /** In the order in which they are asked. */
    public List<FlowSchema> schemas() {
        return schemas;
    }

    /**
     * The number of the first schema that matches.
     *
     * <p>Compat: what nobody matches, such as a user of no group, is caught, too.
     */
    public int classify(Caller caller, Access access) {
        for (int i = 0; i < schemas.size(); i++) {
            if (schemas.get(i).matches(caller, access)) {
                return i;
            }
        }
        return catchAll;
    }

    public PriorityLevel levelOf(FlowSchema schema) {
        PriorityLevel found = levels.get(schema.level());
        if (found == null) {
            throw new Bug("%s leads to no level".formatted(schema.name()));
        }
        return found;
    }

    /** What a level has of so many seats. */
    public SeatBounds boundsOf(PriorityLevel level, int seats) {
        int shares = levels.values().stream().mapToInt(PriorityLevel::shares).sum();
        return SeatBounds.of(level, seats, shares);
    }

    /** The mandatory ones, and over them what is stored. */
    private static List<Resource> completed(List<Resource> bootstrap, Collection<Resource> stored) {
        List<Resource> all = new ArrayList<>(bootstrap);
        all.removeIf(each -> !MANDATORY.contains(each.name()));
        all.addAll(stored);
        return all;
    }
}
