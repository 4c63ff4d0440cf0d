package dev.gantry.cli.plan;

import dev.gantry.model.meta.Resource;

/** What the API would make of an object, without keeping it. */
@FunctionalInterface
public interface Admission {
    Answer admit(Resource object);

    /** The object with its defaults, or why it is refused. */
    sealed interface Answer {
        record Admitted(Resource object) implements Answer {}

        record Refused(String why) implements Answer {}
    }
}
