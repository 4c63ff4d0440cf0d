package dev.gantry.gateway.aggregation;

import dev.gantry.gateway.aggregation.RemoteApi.GroupVersion;
import dev.gantry.model.request.ApiRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests go to extension servers.
 *
 * <p>Cost: one look into a map for requests of groups that have a name, none for others.
 */
public final class RemoteApis {
    public static final RemoteApis NONE = new RemoteApis(Map.of());

    private static final String OPEN_API = "/openapi/v3";

    private final Map<GroupVersion, RemoteApi> all;

    private RemoteApis(Map<GroupVersion, RemoteApi> all) {
        this.all = all;
    }

    public static RemoteApis of(Collection<RemoteApi> apis) {
        Map<GroupVersion, RemoteApi> all = new HashMap<>();
        apis.forEach(each -> all.put(each.version(), each));
        return new RemoteApis(all);
    }

    /**
     * Empty where the state service answers: it has no past of others, and it merges what is told
     * of all versions of a group or of all groups.
     */
    public Optional<RemoteApi> find(ApiRequest request) {
        if (all.isEmpty() || !request.view().isEmpty()) {
            return Optional.empty();
        }
        if (request.isResource()) {
            return request.group().isEmpty()
                    ? Optional.empty()
                    : find(request.group(), request.version());
        }
        String path = request.path();
        String below = path.startsWith(OPEN_API) ? path.substring(OPEN_API.length()) : path;
        String[] parts = below.split("/", -1);
        boolean isOfVersion =
                parts.length >= 4
                        && parts[1].equals("apis")
                        && (parts.length == 4 || parts.length == 5 && parts[4].isEmpty());
        return isOfVersion ? find(parts[2], parts[3]) : Optional.empty();
    }

    private Optional<RemoteApi> find(String group, String version) {
        return Optional.ofNullable(all.get(new GroupVersion(group, version)));
    }
}
