package dev.gantry.gateway.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A version of a group that an extension server answers, by its APIService.
 *
 * @param namespace of the Service, as {@code service} and {@code port} are its
 * @param isAvailable whether the server answered when it was last asked
 */
public record RemoteApi(
        GroupVersion version,
        String namespace,
        String service,
        int port,
        ServerTrust trust,
        boolean isAvailable) {
    private static final int HTTPS = 443;

    /** A version of a group. */
    public record GroupVersion(String group, String version) {}

    /** Empty where the state service answers itself. */
    public static Optional<RemoteApi> of(Resource apiService) {
        JsonNode spec = apiService.spec();
        JsonNode service = spec.path("service");
        if (!service.isObject()) {
            return Optional.empty();
        }
        String namespace = Resource.text(service, "namespace");
        String name = Resource.text(service, "name");
        return Optional.of(
                new RemoteApi(
                        new GroupVersion(
                                Resource.text(spec, "group"), Resource.text(spec, "version")),
                        namespace,
                        name,
                        service.path("port").asInt(HTTPS),
                        new ServerTrust(
                                name + "." + namespace + ".svc",
                                pem(Resource.text(spec, "caBundle")),
                                !spec.path("insecureSkipTLSVerify").asBoolean(false)),
                        Conditions.isTrue(apiService.status().path("conditions"), "Available")));
    }

    /** What is no base64 has been refused when it was stored. */
    private static String pem(String bundle) {
        return new String(Base64.getDecoder().decode(bundle), UTF_8);
    }
}
