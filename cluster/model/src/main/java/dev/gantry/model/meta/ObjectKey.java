package dev.gantry.model.meta;

/** Names one object for ever-changing content; the namespace of a cluster-scoped one is empty. */
public record ObjectKey(GroupResource resource, String namespace, String name)
        implements Comparable<ObjectKey> {
    public boolean isNamespaced() {
        return !namespace.isEmpty();
    }

    /** {@code namespace/name}, or just the name of a cluster-scoped object: the Kafka key. */
    public String path() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    /** The inverse of {@link #path()}. */
    public static ObjectKey ofPath(GroupResource resource, String path) {
        int slash = path.indexOf('/');
        return slash < 0
                ? new ObjectKey(resource, "", path)
                : new ObjectKey(resource, path.substring(0, slash), path.substring(slash + 1));
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byResource = resource.compareTo(other.resource);
        if (byResource != 0) {
            return byResource;
        }
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return resource + " " + path();
    }
}
