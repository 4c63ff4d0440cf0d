package dev.gantry.client.shell.access;

import tools.jackson.databind.node.ObjectNode;

/** What a client would like to do. */
public sealed interface ReviewedAccess {
    /** To a path that is no resource. */
    record Path(String verb, String path) implements ReviewedAccess {
        @Override
        public void describe(ObjectNode spec) {
            spec.putObject("nonResourceAttributes").put("path", path).put("verb", verb);
        }
    }

    /** To a part of one object of the core group that has no namespace. */
    record Subresource(String verb, String resource, String name, String subresource)
            implements ReviewedAccess {
        @Override
        public void describe(ObjectNode spec) {
            spec.putObject("resourceAttributes")
                    .put("verb", verb)
                    .put("version", "v1")
                    .put("resource", resource)
                    .put("subresource", subresource)
                    .put("name", name);
        }
    }

    /** Adds the attributes to a SubjectAccessReview's spec. */
    void describe(ObjectNode spec);
}
