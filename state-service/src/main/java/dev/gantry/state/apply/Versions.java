package dev.gantry.state.apply;

import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** The further versions in which managers may have written an object. */
@FunctionalInterface
public interface Versions {
    /** What was set in other versions is left alone. */
    Versions NONE = _ -> Optional.empty();

    /**
     * @param form makes of the object as the writer sees it what it is in this version; leaves it
     *     as it is. Empty where that is not known yet
     */
    record Version(Scope scope, Function<ObjectNode, Optional<ObjectNode>> form) {}

    /** Empty where objects cannot be brought to that version here. */
    Optional<Version> of(String apiVersion);
}
