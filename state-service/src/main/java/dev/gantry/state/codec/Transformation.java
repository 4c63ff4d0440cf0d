package dev.gantry.state.codec;

import java.util.Optional;

/** As what else an object can be asked for, beside as itself. */
public enum Transformation {
    NONE,
    TABLE,
    PARTIAL_METADATA,
    PARTIAL_METADATA_LIST,
    DISCOVERY_V2,
    DISCOVERY_V2BETA1;

    /** What the media type parameters {@code as}, {@code g} and {@code v} mean. */
    static Optional<Transformation> of(String as, String group, String version) {
        boolean isMeta =
                group.equals("meta.k8s.io") && (version.equals("v1") || version.equals("v1beta1"));
        return switch (as) {
            case "" -> Optional.of(NONE);
            case "Table" -> isMeta ? Optional.of(TABLE) : Optional.empty();
            case "PartialObjectMetadata" ->
                    isMeta ? Optional.of(PARTIAL_METADATA) : Optional.empty();
            case "PartialObjectMetadataList" ->
                    isMeta ? Optional.of(PARTIAL_METADATA_LIST) : Optional.empty();
            case "APIGroupDiscoveryList" ->
                    !group.equals("apidiscovery.k8s.io")
                            ? Optional.empty()
                            : version.equals("v2")
                                    ? Optional.of(DISCOVERY_V2)
                                    : version.equals("v2beta1")
                                            ? Optional.of(DISCOVERY_V2BETA1)
                                            : Optional.empty();
            default -> Optional.empty();
        };
    }
}
