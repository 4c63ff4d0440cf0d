package dev.gantry.model.kind;

import java.util.List;

/** A kind that a CustomResourceDefinition brought. */
public record CustomKind(
        String group,
        String version,
        String kindName,
        String plural,
        String singular,
        Scope scope,
        List<String> shortNames,
        List<String> categories)
        implements Kind {}
