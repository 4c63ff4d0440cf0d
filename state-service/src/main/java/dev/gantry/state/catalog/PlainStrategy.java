package dev.gantry.state.catalog;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Strategy;
import java.util.Set;

/** A kind of which nothing but its shape is known. */
record PlainStrategy(Kind kind, boolean hasGeneration, Set<String> subresources)
        implements Strategy {}
