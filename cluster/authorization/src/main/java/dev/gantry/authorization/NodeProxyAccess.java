package dev.gantry.authorization;

import dev.gantry.model.request.KubeletRights;
import java.util.Optional;

/**
 * What it takes to ask a node's agent something through the node's proxy.
 *
 * <p>The proxy reaches everything that an agent does, running commands in its pods included, so
 * that {@code nodes/proxy} is a great right. A finer right suffices for reading some of it.
 *
 * <p>Compat: the subresources are those that a kubelet asks its own clients for ({@link
 * KubeletRights}). Upstream's API server knows none of them.
 */
public final class NodeProxyAccess {
    private static final String PROXY = KubeletRights.PROXY;

    private NodeProxyAccess() {}

    public static boolean concerns(Access access) {
        return access.isResource()
                && access.group().isEmpty()
                && access.plural().equals("nodes")
                && access.subresource().equals(PROXY);
    }

    /** A lesser right that suffices; empty where only that to the whole proxy does. */
    public static Optional<Access> finer(Access access) {
        String start = "/api/v1/nodes/" + access.name() + "/proxy/";
        boolean isAgent = concerns(access) && access.name().indexOf(':') < 0;
        if (!isAgent || !access.path().startsWith(start) || !isPlain(access.path())) {
            return Optional.empty();
        }
        String first = access.path().substring(start.length()).split("/", 2)[0];
        String least = KubeletRights.subresources(first).getFirst();
        return least.equals(PROXY) ? Optional.empty() : Optional.of(access.withSubresource(least));
    }

    /** Paths that somebody might read as another one are nothing that a lesser right is for. */
    private static boolean isPlain(String path) {
        return !path.contains("//")
                && !(path + "/").contains("/./")
                && !(path + "/").contains("/../");
    }

    /**
     * Whether it needs the right to create, whatever its method is: what is upgraded is a
     * conversation, and a GET can begin it.
     *
     * @param isUpgrade whether the client asks for another protocol
     */
    public static boolean needsCreate(Access access, boolean isUpgrade) {
        return concerns(access) && (isUpgrade || !access.verb().equals("get"));
    }
}
