package dev.gantry.state.openapi;

/** Where the two versions of OpenAPI differ in how they write a type. */
enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String references;

    Dialect(String references) {
        this.references = references;
    }

    /** {@code definition} with its leading {@code io.k8s.}. */
    String reference(String definition) {
        return references + definition;
    }
}
