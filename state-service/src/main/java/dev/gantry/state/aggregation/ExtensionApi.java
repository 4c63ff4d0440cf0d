package dev.gantry.state.aggregation;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.discovery.RemoteOpenApi;
import dev.gantry.state.discovery.RemoteVersion;
import dev.gantry.state.webhook.WebhookCall.ServicePort;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An APIService that leads to a Service of the cluster.
 *
 * @param authority PEM of whose certificates are trusted; empty for those that the system trusts
 * @param isChecked whether the server's certificate is looked at
 */
public record ExtensionApi(
        Resource object, ServicePort service, String authority, boolean isChecked) {
    private static final int HTTPS = 443;

    /** Empty where this server answers itself. */
    public static Optional<ExtensionApi> of(Resource apiService) {
        JsonNode spec = apiService.spec();
        JsonNode service = spec.path("service");
        return service.isObject()
                ? Optional.of(
                        new ExtensionApi(
                                apiService,
                                new ServicePort(
                                        text(service, "namespace"),
                                        text(service, "name"),
                                        service.path("port").asInt(HTTPS),
                                        ""),
                                pem(text(spec, "caBundle")),
                                !spec.path("insecureSkipTLSVerify").asBoolean(false)))
                : Optional.empty();
    }

    public String name() {
        return object.name();
    }

    /** The name that the server's certificate must be for. */
    public String host() {
        return service.name() + "." + service.namespace() + ".svc";
    }

    /** Where the server has to tell what it serves. */
    public String discoveryPath() {
        return "/" + path();
    }

    /** Below which everything is that its server answers. */
    public String path() {
        return "apis/%s/%s".formatted(text(object.spec(), "group"), version());
    }

    /**
     * What is served of it.
     *
     * @param resources as its server tells them now; empty where it does not answer
     * @param openApi as it describes them, if it does
     * @param known what was served before
     */
    public RemoteVersion served(
            Optional<JsonNode> resources,
            Optional<RemoteOpenApi> openApi,
            Optional<RemoteVersion> known) {
        var priority =
                new RemoteVersion.Priority(
                        object.spec().path("groupPriorityMinimum").asInt(0),
                        object.spec().path("versionPriority").asInt(0));
        return new RemoteVersion(
                text(object.spec(), "group"),
                version(),
                priority,
                resources.isPresent(),
                resources
                        .map(ToldResources::read)
                        .or(() -> known.map(RemoteVersion::resources))
                        .orElse(List.of()),
                openApi.or(() -> known.flatMap(RemoteVersion::openApi)));
    }

    private String version() {
        return text(object.spec(), "version");
    }

    private static String pem(String bundle) {
        return new String(Base64.getDecoder().decode(bundle), StandardCharsets.UTF_8);
    }
}
