package dev.gantry.model.meta;

/** One entry of {@code metadata.ownerReferences}. */
public record Owner(
        String apiVersion,
        String kind,
        String name,
        Uid uid,
        boolean isController,
        boolean blocksDeletion) {}
