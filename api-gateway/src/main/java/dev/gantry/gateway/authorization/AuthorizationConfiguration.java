package dev.gantry.gateway.authorization;

import dev.gantry.gateway.configuration.ConfigurationSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Which authorizers are asked, in order. */
public record AuthorizationConfiguration(List<ConfiguredAuthorizer> authorizers) {
    private static final List<String> VERSIONS =
            List.of("apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1beta1");
    private static final List<String> TYPES =
            List.of("AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook");
    private static final String WEBHOOK = "Webhook";
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST_NAME = 253;

    /**
     * One of them.
     *
     * @param webhook where its type is that
     */
    public record ConfiguredAuthorizer(
            String type, String name, Optional<WebhookSettings> webhook) {}

    /** Throws IllegalArgumentException, which says all that is wrong with the file. */
    public static AuthorizationConfiguration read(JsonNode file) {
        var root = ConfigurationSection.of(file, "AuthorizationConfiguration", VERSIONS);
        root.only("kind", "apiVersion", "authorizers");
        List<ConfigurationSection> sections = root.items("authorizers");
        if (sections.isEmpty()) {
            root.required("authorizers", "at least one authorization mode must be defined");
        }
        List<ConfiguredAuthorizer> found = new ArrayList<>();
        Set<String> types = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (ConfigurationSection each : sections) {
            each.only("type", "name", "webhook");
            String type = each.text("type");
            checkType(each, type, types);
            checkName(each, names);
            found.add(new ConfiguredAuthorizer(type, each.text("name"), webhook(each, type)));
        }
        root.refuseErrors();
        return new AuthorizationConfiguration(List.copyOf(found));
    }

    private static Optional<WebhookSettings> webhook(ConfigurationSection section, String type) {
        if (!type.equals(WEBHOOK)) {
            if (section.has("webhook")) {
                section.invalid("webhook", "may only be specified when type=Webhook");
            }
            return Optional.empty();
        }
        if (!section.has("webhook")) {
            section.required("webhook", "required when type=Webhook");
        }
        return Optional.of(WebhookSettings.read(section.child("webhook")));
    }

    private static void checkType(ConfigurationSection section, String type, Set<String> types) {
        if (type.isEmpty()) {
            section.required("type", "");
        } else if (!TYPES.contains(type)) {
            section.notSupported("type", TYPES);
        } else if (!types.add(type) && !type.equals(WEBHOOK)) {
            section.duplicate("type");
        }
    }

    private static void checkName(ConfigurationSection section, Set<String> names) {
        String name = section.text("name");
        if (name.isEmpty()) {
            section.required("name", "");
        } else if (!names.add(name)) {
            section.duplicate("name");
        } else if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            section.invalid("name", "authorizer name is invalid: must be a DNS subdomain");
        }
    }
}
