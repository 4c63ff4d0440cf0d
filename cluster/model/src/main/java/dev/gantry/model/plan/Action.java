package dev.gantry.model.plan;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import tools.jackson.databind.node.ObjectNode;

/** One write that a reconciler wants, with the preconditions under which it still wants it. */
public sealed interface Action {
    record Create(GroupResource resource, Resource object) implements Action {}

    /** The revision inside {@code object} pins what was seen: a newer stored one refuses this. */
    record Update(GroupResource resource, Resource object) implements Action {}

    /**
     * Changes metadata by a JSON merge patch and leaves all else as it is, so that the writer need
     * not know it.
     *
     * @param metadata fields that are replaced, or taken away where they are null; its revision
     *     pins what was seen
     */
    record PatchMetadata(ObjectKey key, ObjectNode metadata) implements Action {
        /** The body of the request. */
        public ObjectNode patch() {
            ObjectNode patch = metadata.objectNode();
            patch.set("metadata", metadata);
            return patch;
        }

        /** What becomes of the stored object; its revision is then the one that was seen. */
        public Resource appliedTo(Resource stored) {
            Resource next = stored.copy();
            ObjectNode fields = next.mutableMetadata();
            metadata.properties()
                    .forEach(
                            each -> {
                                if (each.getValue().isNull()) {
                                    fields.remove(each.getKey());
                                } else {
                                    fields.set(each.getKey(), each.getValue().deepCopy());
                                }
                            });
            return next;
        }
    }

    /** Replaces only the status; the revision pins what was seen. */
    record PutStatus(GroupResource resource, Resource object, Revision seen) implements Action {}

    /**
     * Replaces the scale of whatever has one; the revision inside pins what was seen.
     *
     * @param path of the scale subresource
     * @param reason for people
     */
    record PutScale(String path, Resource scale, String reason) implements Action {}

    /**
     * Replaces the conditions of a CertificateSigningRequest through {@code approval}; the revision
     * inside pins what was seen.
     */
    record Approve(GroupResource resource, Resource object) implements Action {}

    /** The uid pins the victim: a namesake created meanwhile survives. */
    record Delete(ObjectKey key, Uid uid, Propagation propagation) implements Action {}

    /**
     * Deletes at once, without waiting for anybody: for a pod whose node is no more. The uid pins
     * the victim.
     */
    record Remove(ObjectKey key, Uid uid) implements Action {}

    /**
     * DELETE of a path that is no object of the API, such as something that a node keeps behind its
     * proxy. What is gone already is as good as deleted.
     */
    record DeletePath(String path) implements Action {}

    /** Every object of one kind in one namespace, as {@code deletecollection} does it. */
    record DeleteAll(GroupResource resource, String namespace) implements Action {}

    /** Replaces {@code spec.finalizers} of a namespace; the revision inside pins what was seen. */
    record Finalize(Resource namespace) implements Action {}

    /** Something worth telling a person: becomes an Event about {@code about}. */
    record RecordEvent(
            GroupResource resource,
            Resource about,
            boolean isWarning,
            String reason,
            String message)
            implements Action {}

    /** What happens to the objects that the victim owns. */
    enum Propagation {
        BACKGROUND("Background"),
        FOREGROUND("Foreground"),
        ORPHAN("Orphan");

        private final String wire;

        Propagation(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }
}
