package dev.gantry.state.discovery;

import java.util.List;
import java.util.Optional;

/**
 * A version of a group that an extension server answers.
 *
 * @param isCurrent whether the server told of its resources when it was last asked
 * @param resources as it told them last
 */
public record RemoteVersion(
        String group,
        String version,
        Priority priority,
        boolean isCurrent,
        List<ServedResource> resources,
        Optional<RemoteOpenApi> openApi) {
    /** The greater, the earlier among groups, and among the versions of a group. */
    public record Priority(int ofGroup, int ofVersion) {}

    public String apiVersion() {
        return group + "/" + version;
    }
}
