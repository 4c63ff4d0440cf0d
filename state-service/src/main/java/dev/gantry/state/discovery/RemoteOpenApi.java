package dev.gantry.state.discovery;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/**
 * How an extension server describes a version of a group.
 *
 * @param hash of the document of version 3, which it sends itself; empty where it has none
 * @param document of version 2; missing where it has none
 */
public record RemoteOpenApi(String hash, JsonNode document) {
    /**
     * @param index that the server sends at {@code /openapi/v3}
     * @param path of the version there, such as {@code apis/example.com/v1}
     */
    public static String hashIn(JsonNode index, String path) {
        String url = Resource.text(index.path("paths").path(path), "serverRelativeURL");
        int at = url.indexOf("hash=");
        return at < 0 ? "" : url.substring(at + "hash=".length());
    }
}
